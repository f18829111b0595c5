package dev.sluice.app.runs;

import dev.sluice.engine.view.JobState;

/** States of jobs in words for people. */
final class JobWords {
    private JobWords() {}

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
