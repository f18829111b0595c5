package dev.sluice.app.says;

import dev.sluice.app.cli.ExplainedWorkflow;
import dev.sluice.app.cli.Guarded;
import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.cli.SnakemakeOptions;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.AttachCommand;
import dev.sluice.app.runs.Bookmark;
import dev.sluice.app.runs.CancelCommand;
import dev.sluice.app.runs.ExplainCommand;
import dev.sluice.app.runs.ExplainWorkflow;
import dev.sluice.app.runs.HistoryCommand;
import dev.sluice.app.runs.LogsCommand;
import dev.sluice.app.runs.RunsCommand;
import dev.sluice.app.runs.StatusCommand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/**
 * Carries out one command on one run. Runs on the command's thread, and ends early where that is
 * interrupted.
 */
final class Speaker {
    private final Runs runs;
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Bookmark bookmark;
    private final Semaphore explaining;

    /**
     * @param environment the server's, with the client's terminal in it
     * @param explaining how many workflows may be loaded at once in the server
     */
    Speaker(
            Runs runs,
            Terminal terminal,
            Map<String, String> environment,
            Bookmark bookmark,
            Semaphore explaining) {
        this.runs = runs;
        this.terminal = terminal;
        this.environment = environment;
        this.bookmark = bookmark;
        this.explaining = explaining;
    }

    /** {@code runs}: of whichever folders. */
    int list(List<HostedRun> newestFirst, Words words) {
        return guarded(
                () -> {
                    if (words.target() != null) {
                        throw new UsageError("`sluice runs` takes no words, only options");
                    }
                    return new RunsCommand(terminal, Path.of(""), environment)
                            .list(
                                    newestFirst.reversed().stream().map(HostedRun::folder).toList(),
                                    words.options().optionWords());
                });
    }

    int nothingToResume() {
        terminal.err().println("Nothing to resume: no run here failed or was broken off.");
        return ExitCode.DONE;
    }

    int speak(HostedRun run, Words words) {
        return guarded(() -> command(run, words));
    }

    private int guarded(IntSupplier command) {
        return Guarded.run(
                terminal,
                false,
                () -> {
                    try {
                        return command.getAsInt();
                    } catch (Runs.Refused e) {
                        throw new UsageError(String.valueOf(e.getMessage()));
                    }
                });
    }

    private int command(HostedRun run, Words words) {
        if (words.command() == ServerCommand.RESUME) {
            return resume(run, words);
        }
        var queue = new Queued(runs, run, terminal, environment);
        if (words.command() == ServerCommand.ATTACH) {
            queue.waitForAPlan(bookmark);
            if (queue.hasNoPlan()) {
                return queue.cameToNothing();
            }
        }
        if (!Files.exists(run.folder().journal())) {
            return queue.speak(words);
        }
        return begun(run, words.command(), words.of(run.id()));
    }

    private int begun(HostedRun run, ServerCommand command, List<String> words) {
        Path folder = run.folder().workdir();
        return switch (command) {
            case STATUS -> new StatusCommand(terminal, folder, environment).run(words);
            case ATTACH -> new AttachCommand(terminal, folder, environment, bookmark).run(words);
            case LOGS -> new LogsCommand(terminal, folder, environment, bookmark).run(words);
            case HISTORY -> new HistoryCommand(terminal, folder, environment).run(words);
            case EXPLAIN -> explain(run, words);
            case CANCEL ->
                    new CancelCommand(terminal, folder, opener(run), new HostTelling(runs, run))
                            .run(words);
            case RUNS, RESUME -> throw new IllegalStateException(command + " is no look at a run");
        };
    }

    /** Loads the workflow, with a Python process of its own: a few at once have to do. */
    private int explain(HostedRun run, List<String> words) {
        int code;
        try {
            explaining.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
        try {
            code =
                    new ExplainCommand(terminal, run.folder().workdir(), environment, opener(run))
                            .run(words);
        } finally {
            explaining.release();
        }
        String waits = runs.explain(run);
        if (!waits.isBlank()) {
            terminal.err().println("In the server: " + waits.strip());
        }
        return code;
    }

    /** Its words were typed in its folder, wherever the server's data has been moved since. */
    private ExplainWorkflow.Opener opener(HostedRun run) {
        var here = ExplainedWorkflow.opener(terminal, SnakemakeOptions.table(), environment);
        return (words, _) -> here.open(words, run.workdir());
    }

    /** The server runs it; whoever asked can attach. */
    private int resume(HostedRun run, Words words) {
        boolean json = words.options().has("json");
        runs.resume(run, words.options().without(List.of("json")).optionWords());
        terminal.err().println("Resuming run " + run.id() + ".");
        if (json && Files.exists(run.folder().journal())) {
            return new StatusCommand(terminal, run.folder().workdir(), environment)
                    .run(List.of(run.id(), "--json"));
        }
        terminal.out().println(run.id());
        return ExitCode.DONE;
    }
}
