package dev.sluice.engine.execute;

import org.jspecify.annotations.Nullable;

/**
 * What an executor says of one process of an attempt. May come late or twice; never says whether
 * the job's outputs are any good.
 */
public sealed interface AttemptReport {
    /** The process's name, as in {@link ProcessSpec}. */
    String process();

    record Started(String process, long pid, long atMillis) implements AttemptReport {}

    /**
     * @param logSize bytes of what it printed; an empty log is no file
     */
    record Ended(
            String process,
            Exit exit,
            long startMillis,
            long endMillis,
            Usage usage,
            long logSize,
            @Nullable Samples samples)
            implements AttemptReport {}

    /** What it comes after, or a partner of it, failed: it never started and never will. */
    record Skipped(String process) implements AttemptReport {}

    /** Said in answer to {@link Executor#adopt} only: it was never got, and never will be. */
    record NeverStarted(String process) implements AttemptReport {}

    /** The executor does not know what became of it: never success, never failure. */
    record Lost(String process, String why) implements AttemptReport {}

    /** What the kernel accounted to the process and its children. */
    record Usage(double userSeconds, double systemSeconds, long maxRssKiB) {
        public static final Usage NONE = new Usage(0, 0, 0);
    }

    /** Peaks of the process tree in MiB, as far as they were seen in time. */
    record Samples(
            double maxRss,
            double maxVms,
            double maxUss,
            double maxPss,
            double ioIn,
            double ioOut) {}
}
