package dev.sluice.app.runs;

import dev.sluice.app.console.Terminal;
import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

/** Prints what a job prints until it ends, over all its attempts or of one. */
final class LogFollower {
    private static final long PAUSE_MILLIS = 100;

    /** Bytes between two looks at whether the job is over, and whether anybody reads. */
    private static final long STRETCH = 1 << 20;

    private final Terminal terminal;
    private final RunFolder run;
    private final Key key;
    private final boolean onlyThis;
    private final Bookmark bookmark;
    private int number;
    private LogTail log;
    private RunView view = new RunView();

    /**
     * @param number of the attempt to begin with
     * @param log what it prints
     * @param onlyThis the job's later attempts are not followed
     */
    LogFollower(
            Terminal terminal,
            RunFolder run,
            Key key,
            int number,
            LogTail log,
            boolean onlyThis,
            Bookmark bookmark) {
        this.terminal = terminal;
        this.run = run;
        this.key = key;
        this.onlyThis = onlyThis;
        this.number = number;
        this.log = log;
        this.bookmark = bookmark;
    }

    void follow() throws InterruptedException {
        var tail =
                new JournalTail(
                        run.journal(),
                        () -> {
                            view = new RunView();
                            return view::apply;
                        });
        while (true) {
            tail.poll();
            // What is known to be over has printed all that it will.
            String over = over();
            boolean copied = log.copyTo(terminal.out(), STRETCH) > 0;
            if (terminal.out().checkError()) {
                // Whoever read it is gone.
                return;
            }
            bookmark.reached(() -> new LogPosition(number, log.offset()).text());
            if (!copied && nextAttempt()) {
                continue;
            }
            if (over != null && !copied) {
                terminal.err().println("-- " + over);
                return;
            }
            if (!copied) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Why nothing more is to come, or null. */
    private @Nullable String over() {
        JobView job = view.job(key);
        AttemptView attempt = job == null ? null : job.attempt(number);
        if (attempt == null) {
            return null;
        }
        RunStanding standing = RunStanding.of(run, view.head());
        JobState state = attempt.state();
        boolean comesAgain = state == JobState.AGAIN && !onlyThis;
        if (!state.isOpen() && !(comesAgain && standing.mayGoOn())) {
            return JobWords.attempt(state);
        }
        return standing.mayGoOn()
                ? null
                : "run "
                        + run.id()
                        + " is "
                        + standing.state().word()
                        + ": nobody looks after the job";
    }

    private boolean nextAttempt() {
        JobView job = view.job(key);
        AttemptView last = job == null ? null : job.lastAttempt();
        if (onlyThis || last == null || last.number() <= number) {
            return false;
        }
        if (last.log().isEmpty() && last.state().isOpen()) {
            // Nobody said yet where it prints to.
            return false;
        }
        number = last.number();
        log = LogTail.of(run, last);
        terminal.err().println("-- attempt " + number);
        terminal.err().flush();
        return true;
    }
}
