package dev.sluice.engine.schedule;

/**
 * Chooses among the tasks that could start. Pure and incremental: told what joins and leaves, it
 * never looks at all of them to answer.
 */
public interface Policy {
    /** Makes an empty policy for demands of so many amounts. */
    @FunctionalInterface
    interface Maker {
        Policy make(int amounts);
    }

    void add(int task, Amounts demand, int priority);

    /** Forgets the task; nothing happens when it is not here. */
    void remove(int task);

    /**
     * The task to start next of those that fit into {@code free}, or -1. It stays until it is
     * removed.
     */
    int choose(Amounts free);

    int size();
}
