package dev.sluice.engine.view;

import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Holder;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.time.Instant;

/**
 * Where a run stands: what its facts say of its end, and whether the process that holds it lives.
 * What was seen at one moment; never waits.
 *
 * @param holder who holds it, in words; empty where nobody does
 * @param renewedMillis when the hold was renewed last, by the clock of its disk; -1 where nobody
 *     holds it
 */
public record RunStanding(State state, String holder, long renewedMillis) {
    /** In the order in which they matter to whoever looks. */
    public enum State {
        RUNNING,
        /** On another machine, where nobody here can see whether it lives. */
        ELSEWHERE,
        /**
         * There is no plan yet, and no hold: an engine plans, or broke off while it did. Nothing of
         * the present engine runs.
         */
        PLANNING,
        /** Nobody holds it any more, and it has not ended: it can be resumed. */
        BROKEN_OFF,
        SUCCEEDED,
        FAILED,
        /** Asked to stop before all was done. */
        STOPPED;

        /** As scripts read it, such as {@code broken-off}. */
        public String word() {
            return switch (this) {
                case RUNNING -> "running";
                case ELSEWHERE -> "elsewhere";
                case PLANNING -> "planning";
                case BROKEN_OFF -> "broken-off";
                case SUCCEEDED -> "succeeded";
                case FAILED -> "failed";
                case STOPPED -> "stopped";
            };
        }
    }

    /**
     * @param head from the run's journal, read just before
     */
    public static RunStanding of(RunFolder run, RunHead head) {
        var outcome = head.outcome();
        if (outcome != null) {
            return ended(outcome);
        }
        RunStanding held = held(run);
        if (held != null) {
            return held;
        }
        // It may have ended, or begun, since its facts were read: they say so before the hold is
        // let go, and after it is taken.
        RunHead now = Files.exists(run.journal()) ? RunHead.of(run) : head;
        var outcomeNow = now.outcome();
        RunStanding heldNow = outcomeNow == null ? held(run) : ended(outcomeNow);
        if (heldNow != null) {
            return heldNow;
        }
        // Whoever resumes a run holds it before he says so.
        boolean broken =
                now.planned()
                        || now.lives().size() > 1
                        || Hold.standingOf(run) == Hold.Standing.DEAD;
        return new RunStanding(broken ? State.BROKEN_OFF : State.PLANNING, "", -1);
    }

    private static RunStanding ended(RunOutcome outcome) {
        return new RunStanding(
                switch (outcome) {
                    case SUCCEEDED -> State.SUCCEEDED;
                    case FAILED -> State.FAILED;
                    case STOPPED -> State.STOPPED;
                },
                "",
                -1);
    }

    /** Null where nobody holds it who may live. */
    private static @Nullable RunStanding held(RunFolder run) {
        return switch (Hold.standingOf(run)) {
            case NOBODY, DEAD -> null;
            case LIVING -> held(run, State.RUNNING);
            case UNSEEN -> held(run, State.ELSEWHERE);
        };
    }

    private static RunStanding held(RunFolder run, State state) {
        Holder holder = Hold.holderOf(run);
        Instant renewed = Hold.renewedAt(run);
        return new RunStanding(
                state,
                holder == null ? "" : holder.toString(),
                renewed == null ? -1 : renewed.toEpochMilli());
    }

    /** Whether an engine may still be at work on it. */
    public boolean mayGoOn() {
        return switch (state) {
            case RUNNING, ELSEWHERE, PLANNING -> true;
            case BROKEN_OFF, SUCCEEDED, FAILED, STOPPED -> false;
        };
    }
}
