package dev.sluice.executor.local;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.ExecutorContract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LocalExecutorContractTest extends ExecutorContract {
    @Override
    protected Executor open(Executor.Listener listener) throws Exception {
        Path run = workdir.resolve("run");
        Files.createDirectories(run.resolve("logs"));
        return LocalExecutor.start(settings(workdir, run), listener);
    }

    static LocalSettings settings(Path workdir, Path run) {
        Path python = Path.of(System.getProperty("sluice.python.dir"));
        return new LocalSettings(workdir, run, python, "python3", List::of);
    }

    @Override
    protected String log(String process) {
        return "run/logs/" + process;
    }
}
