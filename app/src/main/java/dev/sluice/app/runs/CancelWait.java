package dev.sluice.app.runs;

import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Leaves a wish for a run and looks what becomes of it. A wish that was taken without any sign, as
 * by an engine that has just begun, is left again.
 */
final class CancelWait {
    private static final long LOOK_MILLIS = 50;
    private static final long LEAVE_AGAIN_MILLIS = 2_000;

    private final RunFolder run;
    private final Telling telling;
    private final JournalTail tail;
    private RunView view = new RunView();

    CancelWait(RunFolder run, Telling telling) {
        this.run = run;
        this.telling = telling;
        tail =
                new JournalTail(
                        run.journal(),
                        () -> {
                            view = new RunView();
                            return entry -> view.apply(entry);
                        });
        tail.poll();
    }

    /** What the run's facts say, up to the last look. */
    RunView view() {
        return view;
    }

    RunStanding standing() {
        return RunStanding.of(run, view.head());
    }

    /**
     * Leaves the wish and waits.
     *
     * @param heard whether the engine has noticed, so that the wish need not be left again
     * @return false where the time was over before {@code done}, or the engine died
     */
    boolean until(Wish wish, Predicate<RunView> heard, Predicate<RunView> done, Duration patience) {
        telling.tell(run, wish);
        long begun = System.nanoTime();
        long left = begun;
        try {
            while (System.nanoTime() - begun < patience.toNanos()) {
                tail.poll();
                if (done.test(view)) {
                    return true;
                }
                if (isBrokenOff()) {
                    return false;
                }
                if (millisSince(left) > LEAVE_AGAIN_MILLIS
                        && !heard.test(view)
                        && !telling.isUnheard(run)) {
                    telling.tell(run, wish);
                    left = System.nanoTime();
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nobody is at work on it, or will be. */
    boolean isBrokenOff() {
        return standing().state() == RunStanding.State.BROKEN_OFF && !telling.isInCare(run);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
