package dev.sluice.engine.schedule;

import java.util.List;

/**
 * The tasks to run, as the scheduler sees them. Tasks are ints from 0; needs and dependents name
 * other tasks of this workload only (what is done already is left out) and never name one twice. A
 * change of plan may append tasks and rewire old ones, but an int never changes its meaning.
 */
public interface Workload {
    int taskCount();

    /** The lasting name of the task; that of its job where it has only one. */
    Key key(int task);

    int needCount(int task);

    int need(int task, int index);

    int dependentCount(int task);

    int dependent(int task, int index);

    /** Higher goes first. */
    int priority(int task);

    /** How often the task may be tried again after an error of the user's. */
    int retries(int task);

    /**
     * True where its success changes the plan: its dependents wait for {@link Event.PlanChanged}.
     */
    boolean checkpoint(int task);

    /** The task's jobs in the order in which {@link Event.Settled} reports them. */
    List<PlannedJob> jobs(int task);
}
