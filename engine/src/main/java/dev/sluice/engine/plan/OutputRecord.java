package dev.sluice.engine.plan;

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
 */
public record OutputRecord(
        String rule,
        boolean incomplete,
        @Nullable JobFingerprint fingerprint,
        SequencedMap<String, String> inputChecksums,
        long startedMillis,
        long endedMillis) {}
