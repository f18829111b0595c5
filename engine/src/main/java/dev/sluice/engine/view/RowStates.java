package dev.sluice.engine.view;

import dev.sluice.engine.schedule.Key;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/** What facts and a plan together say of where a job stands. Owned by one thread. */
final class RowStates {
    private final RunView view;
    private final PlanTable plan;

    /** Attempts that came to nothing through an eviction or a loss. */
    private final Set<AttemptView> taken = new HashSet<>();

    RowStates(RunView view, PlanTable plan) {
        this.view = view;
        this.plan = plan;
    }

    /** The attempt was evicted or lost, and another one is due. */
    void taken(AttemptView attempt) {
        taken.add(attempt);
    }

    /**
     * @param row in the plan; -1 where the plan does not have the job
     */
    RowState of(int row, @Nullable JobView job) {
        boolean planned = row >= 0;
        RowState gone =
                planned ? (plan.removed(row) ? RowState.REMOVED : RowState.WAITING) : gone();
        if (job != null) {
            JobState said = job.state();
            if (said.isOpen()) {
                return openState(said);
            }
            // What an earlier plan finished is finished, unless the last one makes it anew.
            if (view.isCurrent(job) || (said == JobState.FINISHED && !planned)) {
                boolean left = gone == RowState.REMOVED && planned && said != JobState.FINISHED;
                return left ? gone : closedState(job, said);
            }
        }
        return planned && gone == RowState.WAITING ? givenUpWithItsTask(row) : gone;
    }

    /** What became of a job of an earlier plan that is not among this plan's rows. */
    private RowState gone() {
        boolean planKnown = plan.plan() > 0 && plan.plan() >= view.head().plans();
        return planKnown ? RowState.REMOVED : RowState.WAITING;
    }

    /** A task that is given up without an attempt is on record under its own key only. */
    private RowState givenUpWithItsTask(int row) {
        Key task = plan.task(row);
        JobView first = task.equals(plan.key(row)) ? null : view.job(task);
        if (first == null || !view.isCurrent(first)) {
            return RowState.WAITING;
        }
        return switch (first.state()) {
            case FAILED -> RowState.FAILED;
            case CANCELLED -> RowState.CANCELLED;
            case STARTED, RUNNING, ENDING, FINISHED, SKIPPED, AGAIN -> RowState.WAITING;
        };
    }

    private static RowState openState(JobState said) {
        return switch (said) {
            case RUNNING -> RowState.RUNNING;
            case ENDING -> RowState.ENDING;
            case STARTED, FINISHED, FAILED, SKIPPED, AGAIN, CANCELLED -> RowState.QUEUED;
        };
    }

    private RowState closedState(JobView job, JobState said) {
        AttemptView last = job.lastAttempt();
        return switch (said) {
            case FINISHED -> RowState.FINISHED;
            case FAILED -> RowState.FAILED;
            case SKIPPED -> RowState.SKIPPED;
            case CANCELLED -> RowState.CANCELLED;
            case AGAIN -> last != null && taken.contains(last) ? RowState.EVICTED : RowState.AGAIN;
            case STARTED, RUNNING, ENDING -> openState(said);
        };
    }

    RowState of(AttemptView attempt) {
        return switch (attempt.state()) {
            case STARTED -> RowState.QUEUED;
            case RUNNING -> RowState.RUNNING;
            case ENDING -> RowState.ENDING;
            case FINISHED -> RowState.FINISHED;
            case FAILED -> RowState.FAILED;
            case SKIPPED -> RowState.SKIPPED;
            case AGAIN -> taken.contains(attempt) ? RowState.EVICTED : RowState.AGAIN;
            case CANCELLED -> RowState.CANCELLED;
        };
    }
}
