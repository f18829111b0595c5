package dev.sluice.engine.execute;

import java.util.List;

/**
 * An attempt that an earlier engine handed over.
 *
 * @param attempt its name, unique within the run
 * @param processes the names of its processes
 * @param cores how many it uses while it runs, as its rule said
 */
public record HandedTask(String attempt, List<String> processes, int cores) {
    public HandedTask {
        processes = List.copyOf(processes);
    }

    /** One that uses one core. */
    public HandedTask(String attempt, List<String> processes) {
        this(attempt, processes, 1);
    }
}
