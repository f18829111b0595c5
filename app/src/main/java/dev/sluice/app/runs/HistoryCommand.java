package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.dsl.diagnostic.Spelling;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code sluice history}: every making of a file by the runs of a folder, the newest first. Only
 * reads.
 */
public final class HistoryCommand {
    private static final OptionTable TABLE =
            Asked.table(
                    "history",
                    Asked.option(List.of("--run"), Option.Arity.ONE, "RUN", "only by this run"));

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Times times;

    public HistoryCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    HistoryCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.times = times;
    }

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Shows how a file came to be: which jobs made it, with what, when, and for whom; the newest
        making first.

        Usage: sluice history FILE [OPTIONS]

        FILE is spelt as the workflow does, or as it is seen from here.

        Options
              --run RUN         only what this run made (default: all runs of the folder)
        """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        String word = asked.one("FILE");
        var file = new FileNames(asked.workdir(), folder, word);
        var makings = new ArrayList<Making>();
        String wanted = asked.given().last("run");
        List<RunFolder> runs =
                wanted == null
                        ? RunChoice.all(asked.workdir())
                        : List.of(RunChoice.of(asked.workdir(), wanted));
        for (RunFolder run : runs) {
            makings.addAll(read(run, file));
        }
        if (makings.isEmpty()) {
            throw unknown(word, runs);
        }
        makings.sort(Comparator.comparingLong(Making::millis));
        List<Making> newestFirst = makings.reversed();
        if (asked.json()) {
            var json = new JsonLines(terminal.out());
            newestFirst.forEach(making -> json.line(out -> MakingJson.write(out, word, making)));
        } else {
            Screen screen = Screen.of(terminal, environment);
            new HistoryText(screen, times)
                    .lines(word, FileNow.look(file, asked.workdir(), newestFirst), newestFirst)
                    .forEach(terminal.out()::println);
        }
        return ExitCode.DONE;
    }

    private List<Making> read(RunFolder run, FileNames file) {
        var history = new FileHistory(file, run.id());
        try {
            JournalReader.read(run.journal(), 0, history::apply);
        } catch (JournalUnreadable | UncheckedIOException e) {
            Messages.warning(
                    terminal, "run " + run.id() + " cannot be read whole: " + e.getMessage());
        }
        return history.makings();
    }

    private static UsageError unknown(String word, List<RunFolder> runs) {
        Set<String> near = new LinkedHashSet<>();
        for (RunFolder run : runs) {
            try {
                JournalReader.read(
                        run.journal(),
                        0,
                        entry -> {
                            if (entry.fact() instanceof Fact.JobFinished(_, _, var job)) {
                                job.outputs().stream()
                                        .map(JobRecord.Output::path)
                                        .filter(path -> isNear(path, word))
                                        .forEach(near::add);
                            }
                        });
            } catch (JournalUnreadable | UncheckedIOException e) {
                // It was told of when it was read for the file itself.
            }
        }
        return new UsageError(
                "no run of this folder made " + word,
                Spelling.nearest(word, List.copyOf(near))
                        .map(name -> "did you mean " + name + "?")
                        .orElse("only what jobs made has a history here"));
    }

    private static boolean isNear(String path, String word) {
        return Math.abs(path.length() - word.length()) <= 3;
    }
}
