package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.Arguments;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * What is around an engine: a process of its own that hears signals, or a server with engines of
 * other runs. Decides nothing of a run; asked from the engine's thread.
 */
public interface Surroundings {
    /**
     * Looks at the options once profiles are merged into them.
     *
     * @throws dev.sluice.app.console.UsageError where one cannot be asked for here
     */
    void check(Arguments merged);

    /** Whom a run that begins is for. */
    String owner();

    /** A folder for a run that begins to work in {@code workdir}. */
    RunFolder newRun(Path workdir);

    /**
     * Whether a run is remembered from its first moment on, also when it comes to nothing; else
     * only once it has something to make.
     */
    boolean remembersAll();

    /** Where what a Snakefile prints is appended; null: to our own standard error. */
    @Nullable Path printed();

    /** The loop is about to begin, and can be told to stop from now on. */
    Guard guard(Terminal terminal, RunLoop loop, boolean leaveOnInterrupt);

    /** Where the run's jobs go. */
    Executor executor(LocalSettings settings, Executor.Listener listener);

    RunMeasures measures();

    /** Stands between a loop and those who want to stop it; closed when the loop is over. */
    interface Guard extends AutoCloseable {
        /** The exit code when it was stopped from outside; {@code otherwise} when it was not. */
        int code(int otherwise);

        @Override
        void close();
    }
}
