package dev.sluice.engine.schedule;

/** On whose account a further attempt goes. One account never pays for another. */
public enum Budget {
    /** The attempt never reached its executor before the engine ended: nobody pays. */
    NONE,
    /** The user's error: {@code retries}. */
    RETRIES,
    EVICTIONS,
    /** A node, a process or an executor that was lost. */
    LOSSES,
    STAGING
}
