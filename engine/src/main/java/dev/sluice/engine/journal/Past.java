package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is remembered of one output.
 *
 * @param sinceMillis when the fact was written that says so; an older fact never overrides it
 * @param size as the job left it, -1 where it is not known
 * @param boot under which boot of the machine the job left it so; empty where it is not known
 * @param job what made it, shared by all its outputs; where it was begun or lost again, what made
 *     it before; null where nothing did, or it is forgotten
 */
record Past(
        State state,
        long sinceMillis,
        String rule,
        long size,
        long modifiedNanos,
        String boot,
        @Nullable Job job) {
    enum State {
        FINISHED,
        /** An attempt may be writing it, or was when it broke off. */
        BEGUN,
        /**
         * An attempt to make it again came to nothing, and took it away. What was made of it is
         * still of what made it before.
         */
        LOST,
        /**
         * Nothing is remembered any more. Kept, so that an older run read later does not bring it
         * back.
         */
        FORGOTTEN
    }

    /**
     * The part that is compared, and where the rest stands.
     *
     * @param run id of the run
     * @param offset of its {@code JobFinished} in the run's journal
     */
    record Job(
            String run,
            long offset,
            String commandHash,
            String code,
            List<String> params,
            String inputSet,
            String software,
            List<JobRecord.Checksum> inputChecksums,
            long startMillis,
            long endMillis) {}

    /**
     * @param before what was remembered until now
     */
    static Past begun(long millis, String rule, @Nullable Past before) {
        return new Past(
                State.BEGUN, millis, rule, -1, -1, "", before == null ? null : before.job());
    }

    /** What was begun and came to nothing. */
    Past lost(long millis) {
        return job == null
                ? forgotten(millis)
                : new Past(State.LOST, millis, rule, -1, -1, "", job);
    }

    static Past forgotten(long millis) {
        return new Past(State.FORGOTTEN, millis, "", -1, -1, "", null);
    }

    /** The same with the file's new time and size. */
    Past touched(long millis, JobRecord.Output output, String now) {
        return new Past(state, millis, rule, output.size(), output.modifiedNanos(), now, job);
    }
}
