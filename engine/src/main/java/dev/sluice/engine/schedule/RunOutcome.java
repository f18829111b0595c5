package dev.sluice.engine.schedule;

/** How a run ended. */
public enum RunOutcome {
    SUCCEEDED,
    FAILED,
    /** Asked to stop before all was done, and nothing failed. */
    STOPPED
}
