package dev.sluice.app.runs;

import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.view.Life;

import org.jspecify.annotations.Nullable;

/**
 * Something that befell a file, as a run wrote it down.
 *
 * @param life the engine that did it
 * @param job null where no job made it so
 */
record Making(
        What what, long millis, String run, String owner, @Nullable Life life, @Nullable Job job) {
    /** What befell it. */
    enum What {
        MADE,
        /** An attempt to make it came to nothing. */
        FAILED,
        /** It got a new time without being made. */
        TOUCHED,
        /** As temporary: nobody needed it any more. */
        DELETED,
        /** What was remembered of it was to be forgotten. */
        FORGOTTEN
    }

    /**
     * The job that did it, or tried to.
     *
     * @param record what is known; of a failed one without sizes and times of its outputs
     * @param reason why it ran; empty where nobody said
     */
    record Job(JobRecord record, int attempt, String executor, String reason, String failure) {}

    String user() {
        return life == null ? "" : life.user();
    }
}
