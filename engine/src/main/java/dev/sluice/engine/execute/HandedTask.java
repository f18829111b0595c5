package dev.sluice.engine.execute;

import java.util.List;

/**
 * An attempt that an earlier engine handed over.
 *
 * @param attempt its name, unique within the run
 * @param processes the names of its processes
 */
public record HandedTask(String attempt, List<String> processes) {
    public HandedTask {
        processes = List.copyOf(processes);
    }
}
