package dev.sluice.app.runs;

import dev.sluice.engine.view.JobState;

/** States of jobs in words for people. */
final class JobWords {
    private JobWords() {}

    /** Of an attempt, behind which the next one may have begun. */
    static String attempt(JobState state) {
        return state == JobState.AGAIN ? "came to nothing" : state(state);
    }

    static String state(JobState state) {
        return switch (state) {
            case STARTED -> "starting";
            case RUNNING -> "running";
            case ENDING -> "ending";
            case FINISHED -> "finished";
            case FAILED -> "failed";
            case SKIPPED -> "skipped";
            case AGAIN -> "to be tried again";
            case CANCELLED -> "cancelled";
        };
    }
}
