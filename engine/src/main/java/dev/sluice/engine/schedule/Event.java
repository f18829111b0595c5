package dev.sluice.engine.schedule;

import java.util.List;

/**
 * What happened. Words about attempts carry the attempt's number: late, repeated and unknown ones
 * change nothing, so that whoever tells may tell twice.
 */
public sealed interface Event {
    /** Begin, or go on after a restart once the facts are applied. */
    record RunRequested() implements Event {}

    /**
     * The task's needs for this attempt, in answer to {@link Command.Evaluate}.
     *
     * @param executor where it is to run
     */
    record Evaluated(int task, int attempt, Needs needs, String executor) implements Event {}

    /**
     * An input, params or resources function raised an error: the user's, and never tried again.
     */
    record EvaluationFailed(int task, int attempt, String reason) implements Event {}

    /**
     * It really runs now; an executor that starts at once may leave it out. Also the answer of an
     * adopted attempt.
     */
    record AttemptRunning(int task, int attempt) implements Event {}

    record AttemptEnded(int task, int attempt, AttemptEnd end) implements Event {}

    /**
     * Its files are looked after, in answer to {@link Command.Settle}; one end a job, in the
     * workload's order.
     */
    record Settled(int task, int attempt, List<JobEnd> jobs) implements Event {
        public Settled {
            jobs = List.copyOf(jobs);
        }
    }

    /** The wait asked for by {@link Command.Delay} is over. */
    record RetryDue(int task, int attempt) implements Event {}

    /**
     * The plan after {@code checkpoints} succeeded. {@code workload} replaces the old one; ints
     * keep their meaning.
     *
     * @param added the new tasks' ints, from the old task count on
     * @param rewired old tasks whose needs changed
     */
    record PlanChanged(
            List<Integer> checkpoints,
            Workload workload,
            List<Integer> added,
            List<Integer> rewired,
            List<Integer> removed)
            implements Event {
        public PlanChanged {
            checkpoints = List.copyOf(checkpoints);
            added = List.copyOf(added);
            rewired = List.copyOf(rewired);
            removed = List.copyOf(removed);
        }
    }

    record ReplanFailed(int checkpoint, String reason) implements Event {}

    record CapacityChanged(Limits limits) implements Event {}

    /** Start nothing more; {@code now} also cancels what runs. */
    record StopRequested(boolean now) implements Event {}

    /** The user gives up one task. */
    record CancelRequested(int task) implements Event {}

    /**
     * The user wants a task that failed for good tried again. Where the run was asked to stop
     * nothing comes of it.
     */
    record RetryRequested(int task) implements Event {}

    /**
     * The task failed for good in an earlier life and is not to be tried again: it fails now, if no
     * attempt of it is open. May be told before the run begins.
     */
    record GivenUp(int task, String reason) implements Event {}
}
