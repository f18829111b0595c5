package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.Arguments;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.executor.local.LocalExecutor;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/** The surroundings of a command: the process belongs to the run, and signals are for it. */
final class OwnProcess implements Surroundings {
    private final Consumer<Arguments> checks;
    private final @Nullable Path printed;

    OwnProcess() {
        this(_ -> {}, null);
    }

    /**
     * @param checks what may not be asked for, although this is no server
     */
    OwnProcess(Consumer<Arguments> checks, @Nullable Path printed) {
        this.checks = checks;
        this.printed = printed;
    }

    @Override
    public @Nullable Path printed() {
        return printed;
    }

    @Override
    public void check(Arguments merged) {
        checks.accept(merged);
    }

    @Override
    public String owner() {
        return System.getProperty("user.name", "");
    }

    @Override
    public RunFolder newRun(Path workdir) {
        return RunFolder.create(workdir, Clock.systemUTC());
    }

    @Override
    public boolean remembersAll() {
        return false;
    }

    @Override
    public Guard guard(Terminal terminal, RunLoop loop, boolean leaveOnInterrupt) {
        return new StopOnSignal(terminal, loop, leaveOnInterrupt);
    }

    @Override
    public Executor executor(LocalSettings settings, Executor.Listener listener) {
        return LocalExecutor.start(settings, listener);
    }

    @Override
    public RunMeasures measures() {
        return RunMeasures.NONE;
    }
}
