package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.RunChoice;
import dev.sluice.app.runs.ServerOptions;
import dev.sluice.app.runs.StatusCommand;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code sluice resume}: goes on with a run that failed, was stopped or was broken off, by its own
 * recorded command line. What still runs is adopted, what is finished stays.
 */
final class ResumeCommand {
    /** Options of {@code run} that may be different this time. */
    private static final Set<String> CHANGEABLE =
            Set.of(
                    "cores",
                    "jobs",
                    "resources",
                    "executor",
                    "keep-going",
                    "retries",
                    "latency-wait",
                    "python",
                    "quiet",
                    "printshellcmds",
                    "show-failed-logs",
                    "nocolor",
                    "verbose",
                    "detach",
                    "detach-on-interrupt");

    private static final String RETRY_FAILED = "retry-failed";
    private static final String JSON = "json";

    private final Terminal terminal;
    private final OptionTable runTable;
    private final OptionTable table;
    private final Path folder;
    private final Map<String, String> environment;

    private final Surroundings around;

    ResumeCommand(
            Terminal terminal, OptionTable runTable, Path folder, Map<String, String> environment) {
        this(terminal, runTable, folder, environment, new OwnProcess());
    }

    ResumeCommand(
            Terminal terminal,
            OptionTable runTable,
            Path folder,
            Map<String, String> environment,
            Surroundings around) {
        this.around = around;
        this.terminal = terminal;
        this.runTable = runTable;
        this.folder = folder;
        this.environment = environment;
        table = table(runTable);
    }

    static OptionTable table(OptionTable runTable) {
        List<Option> options = new ArrayList<>();
        for (Option option : runTable.all()) {
            if (option.key().equals("directory") || CHANGEABLE.contains(option.key())) {
                options.add(option);
            }
        }
        options.add(
                own(
                        RETRY_FAILED,
                        "under -k: also what had failed before the run was broken off (a run that"
                                + " ended always tries it again)"));
        options.addAll(ServerOptions.ALL);
        options.add(own(JSON, "when it has ended, print what `sluice status --json` prints"));
        return new OptionTable("resume", options);
    }

    private static Option own(String key, String help) {
        return new Option(
                List.of("--" + key),
                Option.Arity.SWITCH,
                "",
                Option.Section.EXECUTION,
                Option.Support.BUILT,
                help,
                List.of());
    }

    int run(List<String> words) {
        Arguments typed = ArgumentParser.parse(table, words);
        ServerOptions.refuse(typed);
        if (typed.targets().size() > 1) {
            throw new UsageError(
                    "sluice resume takes one run, not " + typed.targets().size(),
                    "targets are those of the run; for others: sluice run");
        }
        if (typed.has("detach") && !DetachedRun.isEngine()) {
            return detached(typed, words);
        }
        Path workdir = folder.resolve(typed.last("directory", "")).normalize();
        EarlierRun earlier = choose(workdir, typed.targets());
        if (earlier == null) {
            terminal.err().println("Nothing to resume: no run here failed or was broken off.");
            return ExitCode.DONE;
        }
        int code = goOn(earlier, typed);
        if (typed.has(JSON)) {
            String where = earlier.folder().workdir().toString();
            new StatusCommand(terminal, folder, environment)
                    .run(List.of(earlier.folder().id(), "--json", "-d", where));
        }
        return code;
    }

    /** Goes on with that run. */
    int goOn(EarlierRun earlier, List<String> words) {
        return goOn(earlier, ArgumentParser.parse(table, words));
    }

    private int goOn(EarlierRun earlier, Arguments typed) {
        terminal.err().println("Resuming run " + earlier.folder().id() + ".");
        terminal.err().flush();
        var command =
                new RunCommand(terminal, runTable, earlier.launchFolder(), environment, around);
        Arguments recorded = ArgumentParser.parse(runTable, earlier.words());
        List<String> merged = merged(earlier.words(), typed);
        var values = new LinkedHashMap<>(changes(typed).over(recorded).values());
        if (!typed.has(RETRY_FAILED) && !earlier.hasEnded()) {
            values.put(RunOptions.LEAVE_FAILED, List.of());
        }
        return command.resume(earlier.folder(), new Arguments(values, recorded.targets()), merged);
    }

    private int detached(Arguments typed, List<String> words) {
        Path workdir = folder.resolve(typed.last("directory", "")).normalize();
        try {
            return new DetachedRun(terminal, folder, workdir).start("resume", words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments changes(Arguments typed) {
        var values = new LinkedHashMap<>(typed.values());
        values.remove("directory");
        values.remove("detach");
        values.remove(RETRY_FAILED);
        values.remove(JSON);
        return new Arguments(values, List.of());
    }

    /** The recorded words and what was changed: to be recorded in their turn. */
    private static List<String> merged(List<String> recorded, Arguments typed) {
        int end = recorded.indexOf("--");
        var words = new ArrayList<>(end < 0 ? recorded : recorded.subList(0, end));
        words.addAll(changes(typed).optionWords());
        if (end >= 0) {
            words.addAll(recorded.subList(end, recorded.size()));
        }
        return words;
    }

    /** The run that is named, else the latest that did not succeed. */
    private @Nullable EarlierRun choose(Path workdir, List<String> names) {
        if (!names.isEmpty()) {
            EarlierRun named = EarlierRun.read(RunChoice.of(workdir, names.getFirst()));
            if (named != null && !named.planned()) {
                throw new UsageError(
                        "run "
                                + named.folder().id()
                                + " is being planned, or broke off before it had a plan",
                        "there is nothing of it to resume: `sluice run`");
            }
            return named;
        }
        for (RunFolder run : RunChoice.known(workdir).reversed()) {
            try {
                EarlierRun earlier = EarlierRun.read(run);
                if (earlier != null
                        && earlier.planned()
                        && earlier.outcome() != RunOutcome.SUCCEEDED) {
                    return earlier;
                }
            } catch (JournalUnreadable e) {
                Messages.warning(terminal, String.valueOf(e.getMessage()));
            }
        }
        return null;
    }
}
