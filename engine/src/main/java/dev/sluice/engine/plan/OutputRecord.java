package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;

import org.jspecify.annotations.Nullable;

import java.util.SequencedMap;

/**
 * What is remembered of how an output was made.
 *
 * @param incomplete a job started to write it and did not finish
 * @param fingerprint what the job looked like; null where the output was only begun or metadata was
 *     dropped
 * @param inputChecksums SHA-256 in hex by path, for inputs that were small enough
 * @param startedMillis since 1970; 0 where unknown
 * @param left how the job left the file, where the machine was restarted since; null where it was
 *     not, or nothing is known of it
 */
public record OutputRecord(
        String rule,
        boolean incomplete,
        @Nullable JobFingerprint fingerprint,
        SequencedMap<String, String> inputChecksums,
        long startedMillis,
        long endedMillis,
        @Nullable Left left) {
    /** Of a machine that was not restarted since. */
    public OutputRecord(
            String rule,
            boolean incomplete,
            @Nullable JobFingerprint fingerprint,
            SequencedMap<String, String> inputChecksums,
            long startedMillis,
            long endedMillis) {
        this(rule, incomplete, fingerprint, inputChecksums, startedMillis, endedMillis, null);
    }

    /** A file when its job had finished: what a power cut may have taken back. */
    public record Left(long size, long modifiedNanos) {
        /** What times are cut to where a file is carried by an archive or another file system. */
        private static final long[] GRAINS = {100, 1_000, 1_000_000, 1_000_000_000, 2_000_000_000};

        /**
         * Whether the file is older than its job left it, or as old and not whole. One that is
         * newer was written by someone since.
         */
        public boolean lost(FileFact now) {
            long time = now.newestNanos();
            if (time > modifiedNanos) {
                return false;
            }
            return now.size() != size || !sameTime(time);
        }

        private boolean sameTime(long time) {
            if (time == modifiedNanos) {
                return true;
            }
            for (long grain : GRAINS) {
                if (time == modifiedNanos - Math.floorMod(modifiedNanos, grain)) {
                    return true;
                }
            }
            return false;
        }
    }
}
