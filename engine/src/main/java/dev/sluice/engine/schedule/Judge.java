package dev.sluice.engine.schedule;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Says what an attempt's end means: whether it is believed, and who pays for a further attempt.
 * Changes nothing.
 */
final class Judge {
    private final SchedulerSettings settings;
    private final Board board;
    private final Effects effects;

    Judge(SchedulerSettings settings, Board board, Effects effects) {
        this.settings = settings;
        this.board = board;
        this.effects = effects;
    }

    /** No new attempt starts any more. */
    boolean isStopping() {
        return effects.stopAsked() || (effects.failed() && !settings.keepGoing());
    }

    /**
     * What an executor says for no reason that we know of counts as a loss, lest it go on forever.
     */
    AttemptEnd believe(int task, AttemptEnd told, boolean unwanted) {
        boolean adopting = board.stateOf(task) instanceof TaskState.Adopting;
        return switch (told) {
            case AttemptEnd.NeverStarted _ ->
                    adopting
                            ? told
                            : new AttemptEnd.Lost(
                                    "the executor never got the attempt that it was given");
            case AttemptEnd.Cancelled _ ->
                    adopting || unwanted || effects.isDisowned(task)
                            ? told
                            : new AttemptEnd.Lost("it was cancelled by another hand");
            case AttemptEnd.Succeeded _ ->
                    effects.isDisowned(task) ? new AttemptEnd.Cancelled() : told;
            case AttemptEnd.Failed _ -> told;
            case AttemptEnd.Evicted _, AttemptEnd.Lost _, AttemptEnd.StagingFailed _ -> told;
        };
    }

    Verdict judge(int task, AttemptEnd end, List<JobEnd> jobs, boolean unwanted) {
        String failure = failure(end, jobs);
        boolean disowned = effects.isDisowned(task);
        if (failure == null && end instanceof AttemptEnd.Succeeded && !disowned) {
            return new Verdict.Succeeded();
        }
        if (unwanted) {
            return new Verdict.Cancelled();
        }
        if (disowned) {
            return new Verdict.Again(Budget.NONE);
        }
        return switch (end) {
            case AttemptEnd.Succeeded _ -> again(task, Budget.RETRIES, failure);
            case AttemptEnd.Failed(_, var reason) ->
                    again(task, Budget.RETRIES, failure == null ? reason : failure);
            case AttemptEnd.Evicted(var reason) -> again(task, Budget.EVICTIONS, reason);
            case AttemptEnd.Lost(var reason) -> again(task, Budget.LOSSES, reason);
            case AttemptEnd.StagingFailed(var reason) -> again(task, Budget.STAGING, reason);
            case AttemptEnd.NeverStarted _, AttemptEnd.Cancelled _ ->
                    new Verdict.Again(Budget.NONE);
        };
    }

    /** What a job's own end says against its task, or null. */
    private static @Nullable String failure(AttemptEnd end, List<JobEnd> jobs) {
        for (JobEnd job : jobs) {
            if (job instanceof JobEnd.Failed failed) {
                return failed.reason();
            }
            if (job instanceof JobEnd.NotRun && end instanceof AttemptEnd.Succeeded) {
                return "a job of the task did not run";
            }
        }
        return null;
    }

    private Verdict again(int task, Budget budget, @Nullable String reason) {
        int allowed =
                switch (budget) {
                    case NONE -> Integer.MAX_VALUE;
                    case RETRIES -> isStopping() ? 0 : board.workload().retries(task);
                    case EVICTIONS -> settings.evictions();
                    case LOSSES -> settings.losses();
                    case STAGING -> settings.stagingFailures();
                };
        return effects.spent(task, budget) < allowed
                ? new Verdict.Again(budget)
                : new Verdict.Failed(reason == null ? "unknown" : reason);
    }
}
