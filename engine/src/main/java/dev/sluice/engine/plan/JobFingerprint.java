package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFacts;

import java.util.List;

/**
 * What a job looks like to the rerun triggers. Written when a job finishes and compared when the
 * next plan is made, so both sides are computed here.
 *
 * @param code hash of the rule's code; empty for scripts, whose files are judged by their times
 * @param params sorted {@code repr}s of the params that are compared
 * @param input hash of the set of inputs
 * @param software hash of the software environment
 * @param command hash of the formatted command; for display, never compared
 */
public record JobFingerprint(
        String code, List<String> params, String input, String software, String command) {
    public JobFingerprint {
        params = List.copyOf(params);
    }

    /**
     * The fingerprint of a job as it is now; {@code command} is the formatted command, empty where
     * it has none.
     */
    public static JobFingerprint of(
            JobSettings job, String command, PlanRequest request, FileFacts files) {
        return Fingerprints.of(job, command, request, files);
    }
}
