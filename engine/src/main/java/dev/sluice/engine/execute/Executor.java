package dev.sluice.engine.execute;

import java.time.Duration;
import java.util.List;

/**
 * The port through which tasks run somewhere. Every word is idempotent by attempt or process name;
 * reports go to the listener it was made with. Never looks at outputs, never decides on retries.
 */
public interface Executor extends AutoCloseable {
    /** How rules and facts name it: local, kueue, sites. */
    String name();

    /** Takes the tasks and returns at once. One that it has already is not started again. */
    void submit(List<TaskSpec> tasks);

    /**
     * Takes over what an earlier engine handed over, and returns at once. Each process gets at
     * least one report: that it runs, how it ended (also when that was long ago), or that it was
     * never got. What cannot be known any more is lost, and then nothing of it runs.
     */
    void adopt(List<HandedTask> tasks);

    /**
     * Stops what the attempts still run, first kindly, after {@code grace} by force. Their end is
     * reported as any other.
     */
    void cancel(List<String> attempts, Duration grace);

    /**
     * Whether what it takes may wait before it runs. Then the run says so when it begins, and each
     * attempt's first {@link AttemptReport.Started} should come when it does; else what was
     * submitted counts as running.
     */
    default boolean queues() {
        return false;
    }

    /** Whether nothing that it runs can outlive a restart of this machine. */
    boolean endsWithThisMachine();

    /**
     * What the process printed, from a byte on; a part of it where that is much, and empty where
     * there is nothing.
     */
    byte[] logs(String process, long from);

    Offers offers();

    /** Why the attempt does not run yet, or where it runs, in a sentence. */
    String explain(String attempt);

    /** Lets go of it; what runs goes on. */
    @Override
    void close();

    /**
     * Hears reports, from any thread, in batches, per process in order. Must not block for long.
     */
    @FunctionalInterface
    interface Listener {
        void heard(List<AttemptReport> reports);
    }
}
