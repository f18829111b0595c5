package dev.sluice.engine.execute;

import java.util.List;

/**
 * One attempt of a task, all that is needed to run it. Says nothing of files to check: that is the
 * run's.
 *
 * @param attempt its name, unique within the run
 */
public record TaskSpec(String attempt, List<ProcessSpec> processes) {
    public TaskSpec {
        processes = List.copyOf(processes);
    }
}
