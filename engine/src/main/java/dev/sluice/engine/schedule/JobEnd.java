package dev.sluice.engine.schedule;

import java.util.List;

/** What became of one job of an attempt once its files were looked after. */
public sealed interface JobEnd {
    /** Its outputs are there and complete. */
    record Finished(JobRecord job) implements JobEnd {}

    /**
     * @param exitCode -1 where there is none
     * @param log the attempt's own log, or an empty string
     * @param leftBehind half-made outputs that were kept; the rest was deleted
     */
    record Failed(
            Key job, String rule, int exitCode, String reason, String log, List<String> leftBehind)
            implements JobEnd {
        public Failed {
            leftBehind = List.copyOf(leftBehind);
        }
    }

    /** It did not come to run, or its attempt counts for nothing (evicted, lost, cancelled). */
    record NotRun(Key job) implements JobEnd {}
}
