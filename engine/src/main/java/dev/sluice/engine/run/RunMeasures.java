package dev.sluice.engine.run;

/**
 * Hears how long a run's own work takes, for those who count. Told on the run's thread, but for
 * {@link #synced}, which comes on the thread that syncs the journal; must not block. Changes
 * nothing: a run is the same whoever listens. What became of jobs is not told here, since the
 * journal says it.
 */
public interface RunMeasures {
    /** Nobody counts. */
    RunMeasures NONE = new RunMeasures() {};

    /** Facts were appended in one write, the check of the hold among it; not synced yet. */
    default void journalWritten(int facts, long nanos) {}

    /** The journal was brought to the disk. Not on the run's thread. */
    default void synced(long nanos) {}

    /**
     * The Snakefile's Python was asked, in one round trip. What planning asks is not told.
     *
     * @param what {@code functions}, {@code format}, {@code scripts} or {@code hook}
     * @param calls how many answers were wanted
     */
    default void helperCalled(String what, int calls, long nanos) {}

    /**
     * The scheduler decided.
     *
     * @param events how many were told to it
     * @param nanos from the moment when the first word that led to it was taken until all commands
     *     were carried out
     */
    default void decided(int events, long nanos) {}

    /** An executor had to say that it does not know what became of a process. */
    default void executorTrouble(String executor) {}
}
