package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.ArgumentParser;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.runs.RunChoice;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
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

    private final Terminal terminal;
    private final OptionTable runTable;
    private final OptionTable table;
    private final Path folder;
    private final Map<String, String> environment;

    ResumeCommand(
            Terminal terminal, OptionTable runTable, Path folder, Map<String, String> environment) {
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
                new Option(
                        List.of("--" + RETRY_FAILED),
                        Option.Arity.SWITCH,
                        "",
                        Option.Section.EXECUTION,
                        Option.Support.BUILT,
                        "under -k: also what had failed before the run was broken off (a run that"
                                + " ended always tries it again)",
                        List.of()));
        return new OptionTable("resume", options);
    }

    int run(List<String> words) {
        Arguments typed = ArgumentParser.parse(table, words);
        if (typed.targets().size() > 1) {
            throw new UsageError(
                    "sluice resume takes one run, not " + typed.targets().size(),
                    "targets are those of the run; for others: sluice run");
        }
        if (typed.has("detach") && !DetachedRun.isEngine()) {
            return detached(typed, words);
        }
        Path workdir = folder.resolve(typed.last("directory", "")).normalize();
        Earlier earlier = choose(workdir, typed.targets());
        if (earlier == null) {
            terminal.err().println("Nothing to resume: no run here failed or was broken off.");
            return ExitCode.DONE;
        }
        terminal.err().println("Resuming run " + earlier.folder().id() + ".");
        terminal.err().flush();
        var command =
                new RunCommand(
                        terminal, runTable, earlier.launchFolder(), environment);
        Arguments recorded = ArgumentParser.parse(runTable, earlier.words());
        List<String> merged = merged(earlier.words(), typed);
        var values = new LinkedHashMap<>(changes(typed).over(recorded).values());
        if (!typed.has(RETRY_FAILED) && !earlier.hasEnded()) {
            values.put(RunOptions.LEAVE_FAILED, List.of());
        }
        return command.resume(
                earlier.folder(), new Arguments(values, recorded.targets()), merged);
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
        return new Arguments(values, List.of());
    }

    /** The recorded words and what was changed: to be recorded in their turn. */
    private static List<String> merged(List<String> recorded, Arguments typed) {
        int end = recorded.indexOf("--");
        var words = new ArrayList<>(end < 0 ? recorded : recorded.subList(0, end));
        changes(typed)
                .values()
                .forEach(
                        (key, values) -> {
                            words.add("--" + key);
                            words.addAll(values);
                        });
        if (end >= 0) {
            words.addAll(recorded.subList(end, recorded.size()));
        }
        return words;
    }

    // Which run --------------------------------------------------------------------------------

    /**
     * What a run's journal says of how to start it.
     *
     * @param words the command line of its latest life
     * @param outcome null where it has none
     */
    private record Earlier(
            RunFolder folder,
            Path launchFolder,
            List<String> words,
            @Nullable RunOutcome outcome) {
        boolean hasEnded() {
            return outcome != null;
        }
    }

    /** The run that is named, else the latest that did not succeed. */
    private static @Nullable Earlier choose(Path workdir, List<String> names) {
        if (!names.isEmpty()) {
            return read(RunChoice.of(workdir, names.getFirst()));
        }
        List<RunFolder> runs = RunFolder.all(workdir);
        for (RunFolder run : runs.reversed()) {
            Earlier earlier = read(run);
            if (earlier != null && earlier.outcome() != RunOutcome.SUCCEEDED) {
                return earlier;
            }
        }
        return null;
    }

    /** Null where the journal does not even say how it began. */
    private static @Nullable Earlier read(RunFolder run) {
        List<Entry> told = new ArrayList<>();
        JournalReader.read(
                run.journal(),
                0,
                entry -> {
                    switch (entry.fact()) {
                        case Fact.RunStarted _, Fact.RunResumed _, Fact.RunEnded _ ->
                                told.add(entry);
                        default -> {}
                    }
                });
        Earlier earlier = null;
        Path recorded = run.workdir();
        for (Entry entry : told) {
            switch (entry.fact()) {
                case Fact.RunStarted started -> {
                    recorded = Path.of(started.folder());
                    earlier =
                            new Earlier(
                                    run,
                                    launch(run, recorded, started.origin()),
                                    started.argv(),
                                    null);
                }
                case Fact.RunResumed resumed ->
                        earlier =
                                new Earlier(
                                        run,
                                        launch(run, recorded, resumed.origin()),
                                        resumed.argv(),
                                        null);
                case Fact.RunEnded(RunOutcome outcome) -> {
                    if (earlier != null) {
                        earlier =
                                new Earlier(
                                        run, earlier.launchFolder(), earlier.words(), outcome);
                    }
                }
                default -> {}
            }
        }
        return earlier;
    }

    /** Where the command was given; found again from the run's folder when both were moved. */
    private static Path launch(RunFolder run, Path recorded, Fact.Origin origin) {
        if (origin.launchFolder().isEmpty()) {
            return run.workdir();
        }
        Path launch = Path.of(origin.launchFolder());
        return run.workdir().equals(recorded)
                ? launch
                : run.workdir().resolve(recorded.relativize(launch)).normalize();
    }
}
