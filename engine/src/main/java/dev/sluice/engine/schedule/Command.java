package dev.sluice.engine.schedule;

import java.util.List;

/**
 * What to do about it. Carried out after the facts of the same outcome are written; idempotent by
 * task and attempt.
 */
public sealed interface Command {
    /**
     * Ask for needs; answered by {@link Event.Evaluated} or {@link Event.EvaluationFailed}, one
     * each.
     */
    record Evaluate(List<Evaluation> tasks) implements Command {
        public Evaluate {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * @param tryNumber what the user's functions see as {@code attempt}: grows with their errors
     *     only
     */
    record Evaluation(int task, int attempt, int tryNumber) {}

    /** Prepare its files and hand it to {@code executor}. */
    record Start(int task, int attempt, int tryNumber, Needs needs, String executor)
            implements Command {}

    /**
     * Ask {@code executor} for an attempt of an earlier life; answered by AttemptRunning or
     * AttemptEnded.
     */
    record Adopt(int task, int attempt, String executor) implements Command {}

    record Cancel(int task, int attempt) implements Command {}

    /** Look after the attempt's files; answered by {@link Event.Settled}. */
    record Settle(int task, int attempt, AttemptEnd end) implements Command {}

    /** Wait a while (longer with {@code spent}), then tell {@link Event.RetryDue}. */
    record Delay(int task, int attempt, Budget budget, int spent) implements Command {}

    /** The task succeeded: temporary files that it was the last to need may go. */
    record TaskDone(int task) implements Command {}

    /** Answered by {@link Event.PlanChanged} or {@link Event.ReplanFailed}. */
    record Replan(int checkpoint) implements Command {}

    /** Nothing more will come; the last command of a run. */
    record FinishRun(RunOutcome outcome) implements Command {}
}
