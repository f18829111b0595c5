package dev.sluice.app.host;

import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.executor.local.Leftovers;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What is done with a run whose engine came to an end before the run did. */
final class BrokenOff {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private BrokenOff() {}

    /**
     * This process lives on, so that its hold would say that an engine is at work. What still runs
     * is adopted by whoever goes on with the run.
     */
    static void letGo(RunFolder run) {
        if (Hold.standingOf(run) != Hold.Standing.LIVING) {
            return;
        }
        try (Hold _ = Hold.take(run, List.of())) {
            // Taken only to be let go.
        } catch (HeldElsewhere e) {
            // Another process has it, which says so truly.
        }
    }

    /**
     * Stops what it left running, and ends it.
     *
     * @throws HeldElsewhere where another process goes on with it
     */
    static void end(RunFolder run) {
        try (Hold _ = Hold.take(run, List.of())) {
            new Leftovers(run.path()).stop(GRACE);
            try (Journal journal = Journal.resume(run.journal(), Clock.systemUTC())) {
                journal.append(
                        List.of(
                                new Fact.StopRequested(true),
                                new Fact.RunEnded(RunOutcome.STOPPED)));
                journal.sync();
            }
        }
    }
}
