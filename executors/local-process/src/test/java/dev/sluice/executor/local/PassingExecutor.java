package dev.sluice.executor.local;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.execute.Offers;
import dev.sluice.engine.execute.TaskSpec;

import java.time.Duration;
import java.util.List;

/** Passes everything on. */
class PassingExecutor implements Executor {
    private final Executor executor;

    PassingExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public String name() {
        return executor.name();
    }

    @Override
    public void submit(List<TaskSpec> tasks) {
        executor.submit(tasks);
    }

    @Override
    public void adopt(List<HandedTask> tasks) {
        executor.adopt(tasks);
    }

    @Override
    public void cancel(List<String> attempts, Duration grace) {
        executor.cancel(attempts, grace);
    }

    @Override
    public boolean endsWithThisMachine() {
        return executor.endsWithThisMachine();
    }

    @Override
    public byte[] logs(String process, long from) {
        return executor.logs(process, from);
    }

    @Override
    public Offers offers() {
        return executor.offers();
    }

    @Override
    public String explain(String attempt) {
        return executor.explain(attempt);
    }

    @Override
    public void close() {
        executor.close();
    }
}
