package dev.sluice.engine.view;

/**
 * Where a job stands, as far as facts tell. One that waits leaves no fact, so that no state says
 * so.
 */
public enum JobState {
    /** An attempt may exist; nobody said yet that it runs. */
    STARTED,
    RUNNING,
    /** Its process ended; its files are being looked after. */
    ENDING,
    FINISHED,
    /** For good, under the last plan that knew it. */
    FAILED,
    /** Another job of its task failed before it came to run. */
    SKIPPED,
    /** One more attempt is due. */
    AGAIN,
    CANCELLED;

    /** Whether an attempt may exist. */
    public boolean isOpen() {
        return switch (this) {
            case STARTED, RUNNING, ENDING -> true;
            case FINISHED, FAILED, SKIPPED, AGAIN, CANCELLED -> false;
        };
    }
}
