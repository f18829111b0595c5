package dev.sluice.engine.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * All that is remembered of a finished job: where its outputs come from and what they were made
 * with. Written once, in {@link Fact.JobFinished}; provenance and rerun reasons are read from it.
 *
 * @param attemptLog where its standard output and error stand, or an empty string
 */
public record JobRecord(
        Key key,
        String rule,
        SequencedMap<String, String> wildcards,
        List<Output> outputs,
        Made made,
        List<String> logs,
        String attemptLog,
        Usage usage) {
    public JobRecord {
        wildcards = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(wildcards));
        outputs = List.copyOf(outputs);
        logs = List.copyOf(logs);
    }

    /** An output as the job left it. */
    public record Output(String path, long size, long modifiedNanos) {}

    /**
     * What it was made with, as the next plan compares it. The hashes are the planner's; nothing
     * here looks into them.
     *
     * @param command the formatted shell command, or an empty string
     * @param code hash of the rule's code
     * @param params one text a parameter that is compared
     * @param inputs all input files
     * @param inputSet hash of the set of inputs
     * @param software hash of the software environment
     */
    public record Made(
            String command,
            String commandHash,
            String code,
            List<String> params,
            List<String> inputs,
            String inputSet,
            String software,
            List<Checksum> inputChecksums) {
        public Made {
            params = List.copyOf(params);
            inputs = List.copyOf(inputs);
            inputChecksums = List.copyOf(inputChecksums);
        }

        public Made with(List<Checksum> checksums) {
            return new Made(
                    command, commandHash, code, params, inputs, inputSet, software, checksums);
        }
    }

    /** SHA-256 of an input's content, in lower-case hex. */
    public record Checksum(String path, String sha256) {}

    /**
     * When it ran and what it used; -1 where that is not known.
     *
     * @param startMillis since 1970, as the end
     */
    public record Usage(
            long startMillis, long endMillis, int exitCode, long cpuMillis, long maxRssBytes) {}
}
