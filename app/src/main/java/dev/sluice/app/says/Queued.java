package dev.sluice.app.says;

import dev.sluice.app.cli.ServerCommand;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.AskedFrom;
import dev.sluice.app.runs.Bookmark;
import dev.sluice.app.runs.RunsCommand;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** What can be said of a run that no engine is at work on: not yet, or that came to nothing. */
final class Queued {
    private static final long LOOK_MILLIS = 250;

    /** Of what engines printed, the end has to do. */
    private static final long MOST_LOG = 1 << 18;

    private final Runs runs;
    private final HostedRun run;
    private final Terminal terminal;
    private final Map<String, String> environment;

    Queued(Runs runs, HostedRun run, Terminal terminal, Map<String, String> environment) {
        this.runs = runs;
        this.run = run;
        this.terminal = terminal;
        this.environment = environment;
    }

    /** Returns when it goes on by a plan, or does not go on; says once what it waits for. */
    void waitForAPlan(Bookmark bookmark) {
        boolean takenUp = !bookmark.after().isEmpty();
        boolean said = takenUp;
        try {
            while (runs.isActive(run) && !isAtWork(takenUp)) {
                if (!said) {
                    said = true;
                    String why = runs.explain(run).strip();
                    terminal.err()
                            .println(
                                    "Run "
                                            + run.id()
                                            + (why.isEmpty()
                                                    ? " is being planned."
                                                    : " waits to begin: " + why));
                    terminal.err().flush();
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param takenUp its end is news, too, to somebody who saw it going on
     */
    private boolean isAtWork(boolean takenUp) {
        if (!Files.exists(run.folder().journal())) {
            return false;
        }
        return switch (RunStanding.of(run.folder(), RunHead.of(run.folder())).state()) {
            case RUNNING, ELSEWHERE -> true;
            case BROKEN_OFF, PLANNING -> false;
            // To be resumed.
            case SUCCEEDED, FAILED, STOPPED -> takenUp;
        };
    }

    /** Whether it ended since it could not be planned. */
    boolean hasNoPlan() {
        if (!Files.exists(run.folder().journal())) {
            return false;
        }
        RunHead head = RunHead.of(run.folder());
        return head.outcome() == RunOutcome.FAILED && !head.planned();
    }

    /** Answers a command on a run that has no journal. */
    int speak(Words words) {
        if (!runs.isActive(run)) {
            return cameToNothing();
        }
        if (words.command() == ServerCommand.CANCEL) {
            runs.cancel(run, true);
            terminal.out().println("Run " + run.id() + " is told to stop.");
            return ExitCode.DONE;
        }
        boolean asked = words.command() == ServerCommand.STATUS;
        if (asked) {
            new RunsCommand(terminal, run.folder().workdir(), environment)
                    .list(
                            List.of(run.folder()),
                            words.options().has("json") ? List.of("--json") : List.of());
        } else {
            Messages.error(terminal, "run " + run.id() + " has not begun", null);
        }
        String why = runs.explain(run).strip();
        if (!why.isEmpty()) {
            terminal.err().println(why);
        }
        return asked ? ExitCode.DONE : ExitCode.BAD_INPUT;
    }

    /** What is wrong was printed, and there is no other trace of it. */
    int cameToNothing() {
        copyEngineLog();
        String where = AskedFrom.now().option();
        terminal.err().flush();
        Messages.error(
                terminal,
                "run " + run.id() + " came to nothing: above is what its engine printed",
                "mend the workflow and submit it again; or `sluice submit --update "
                        + run.id()
                        + where
                        + "`, and then `sluice resume "
                        + run.id()
                        + where
                        + "`");
        return ExitCode.BAD_INPUT;
    }

    private void copyEngineLog() {
        try (var channel = FileChannel.open(run.engineLog(), StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - MOST_LOG));
            Channels.newInputStream(channel).transferTo(terminal.err());
        } catch (NoSuchFileException none) {
            // It printed nothing.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
