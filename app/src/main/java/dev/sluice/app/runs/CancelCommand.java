package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code sluice cancel}: tells a run to stop, or to stop one of its jobs, and waits for what comes
 * of it. Stops a process itself only where the run's engine is dead.
 */
public final class CancelCommand {
    /** Longer than an engine takes to end jobs that do not want to. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final OptionTable TABLE =
            Asked.table(
                    "cancel",
                    Asked.option(
                            List.of("--run"),
                            Option.Arity.ONE,
                            "RUN",
                            "the run of the job; default: the one that is running"),
                    Asked.option(
                            List.of("--no-wait"),
                            Option.Arity.SWITCH,
                            "",
                            "leave the word and return at once"));

    private final Terminal terminal;
    private final Path folder;
    private final ExplainWorkflow.Opener opener;
    private final Telling telling;
    private final Duration patience;

    /**
     * @param opener for jobs that have not been started: only a plan knows them
     */
    public CancelCommand(
            Terminal terminal,
            Path folder,
            Map<String, String> environment,
            ExplainWorkflow.Opener opener) {
        this(terminal, folder, opener, PATIENCE);
    }

    /**
     * @param telling how runs are told, where it is not by files
     */
    public CancelCommand(
            Terminal terminal, Path folder, ExplainWorkflow.Opener opener, Telling telling) {
        this(terminal, folder, opener, telling, PATIENCE);
    }

    CancelCommand(
            Terminal terminal, Path folder, ExplainWorkflow.Opener opener, Duration patience) {
        this(terminal, folder, opener, Telling.BY_FILE, patience);
    }

    private CancelCommand(
            Terminal terminal,
            Path folder,
            ExplainWorkflow.Opener opener,
            Telling telling,
            Duration patience) {
        this.terminal = terminal;
        this.telling = telling;
        this.folder = folder;
        this.opener = opener;
        this.patience = patience;
    }

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Stops a run, or one job of it and what needs that job.

        Usage: sluice cancel [OPTIONS] [RUN|JOB]

        Without a word: the run that is running. What a broken-off run left running is stopped too.
        """
                + Asked.RUN_HELP.replace("; left out: the latest", "")
                + Asked.JOB_HELP
                + """

                Options
                      --run RUN         the run of the job (default: the one that is running)
                      --no-wait         leave the word and return at once
                """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        String word = asked.only("run or job");
        Duration wait = asked.given().has("no-wait") ? Duration.ZERO : patience;
        try {
            CancelReport report = carryOut(asked, word, wait);
            report.print(terminal, asked);
            return report.exitCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CancelReport carryOut(Asked asked, @Nullable String word, Duration wait)
            throws IOException {
        String run = asked.given().last("run");
        if (run == null && (word == null || isRun(asked.workdir(), word))) {
            return new CancelRun(RunChoice.living(asked.workdir(), word), telling).cancel(wait);
        }
        if (word == null) {
            throw new UsageError(
                    "--run goes with a job",
                    AskedFrom.quoted("cancel " + run) + " stops the whole run");
        }
        RunFolder chosen = RunChoice.living(asked.workdir(), run);
        return new CancelJob(chosen, asked, word, opener, telling).cancel(wait);
    }

    private static boolean isRun(Path workdir, String word) {
        return word.equals("latest")
                || RunChoice.all(workdir).stream().anyMatch(run -> run.id().startsWith(word));
    }
}
