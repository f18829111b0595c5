package dev.sluice.engine.execute;

import java.util.List;

/**
 * One attempt of a task, all that is needed to run it. Says nothing of files to check: that is the
 * run's.
 *
 * @param attempt its name, unique within the run
 * @param cores how many it uses while it runs, as its rule says
 */
public record TaskSpec(String attempt, List<ProcessSpec> processes, int cores) {
    public TaskSpec {
        processes = List.copyOf(processes);
    }

    /** One that uses one core. */
    public TaskSpec(String attempt, List<ProcessSpec> processes) {
        this(attempt, processes, 1);
    }
}
