package dev.sluice.app.host;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.executor.local.LocalExecutor;
import dev.sluice.executor.local.LocalSettings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a host of runs is set up.
 *
 * @param data the server's data folder
 * @param cores what all runs together may use
 * @param runsPerOwner how many runs of one owner may go on at once
 * @param environment that of engines and jobs
 * @param log is told what went wrong, a line each
 */
public record HostSettings(
        Path data,
        int cores,
        int runsPerOwner,
        Map<String, String> environment,
        RunMeasures measures,
        LocalExecutors executors,
        Consumer<String> log) {
    public HostSettings {
        environment = new LinkedHashMap<>(environment);
    }

    /** Makes the executor that starts a run's jobs once the queue has let them through. */
    @FunctionalInterface
    public interface LocalExecutors {
        Executor executor(LocalSettings settings, Executor.Listener listener);

        /** Processes of this machine, below a supervisor. */
        LocalExecutors PROCESSES = LocalExecutor::start;
    }
}
