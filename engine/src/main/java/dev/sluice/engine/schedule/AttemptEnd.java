package dev.sluice.engine.schedule;

/**
 * How an attempt ended, by its executor's word. Success here is not success of the job: its outputs
 * are checked next.
 */
public sealed interface AttemptEnd {
    record Succeeded() implements AttemptEnd {}

    /** The user's error. {@code exitCode} is -1 where there is none, 128 + n for signal n. */
    record Failed(int exitCode, String reason) implements AttemptEnd {}

    /** Preempted or evicted: not an error. */
    record Evicted(String reason) implements AttemptEnd {}

    /** The node, the process or the executor's memory of it is gone. */
    record Lost(String reason) implements AttemptEnd {}

    record StagingFailed(String reason) implements AttemptEnd {}

    /**
     * The executor never got it; only ever said in answer to {@link Command.Adopt}, else it counts
     * as lost.
     */
    record NeverStarted() implements AttemptEnd {}

    /** Ended because {@link Command.Cancel} asked for it. */
    record Cancelled() implements AttemptEnd {}
}
