package dev.sluice.app.access;

/** What a principal wants of a run. */
public enum Action {
    /** Look at it, its logs and its files. */
    LOOK,
    /** Submit one. */
    SUBMIT,
    /** Stop it, go on with it, try a job again, change its files. */
    STEER,
    DELETE
}
