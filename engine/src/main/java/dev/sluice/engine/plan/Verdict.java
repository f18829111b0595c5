package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which jobs run; the reason of each is put together when asked for.
 *
 * @param absent paths that are not there, streams included
 * @param wanted paths that a job that runs takes from another job
 */
record Verdict(
        PlanColumns columns,
        RulePatterns patterns,
        BitSet runs,
        Map<Integer, Reason> own,
        BitSet absent,
        BitSet wanted) {
    Reason reason(int job) {
        if (!runs.get(job)) {
            return Reason.NONE;
        }
        ReasonDraft draft = new ReasonDraft();
        @Nullable Reason itsOwn = own.get(job);
        if (itsOwn != null) {
            draft.take(itsOwn);
        }
        for (int output : columns.outputs()[job]) {
            String path = columns.paths().text(output);
            if (absent.get(output) && wanted.get(output) && !draft.missingOutput.contains(path)) {
                draft.missingOutput.add(path);
            }
        }
        addUpdatedByJobs(job, draft);
        return draft.reason();
    }

    private void addUpdatedByJobs(int job, ReasonDraft draft) {
        InputShape shape = columns.shapeOf(job);
        int[] producers = columns.producers()[job];
        Set<String> seen = new HashSet<>(draft.updatedByJob);
        for (int i = 0; i < producers.length; i++) {
            int input = columns.inputs()[job][i];
            boolean ignored = shape.ancient(i) && !absent.get(input);
            if (producers[i] >= 0 && runs.get(producers[i]) && !ignored) {
                String path = columns.paths().text(input);
                if (seen.add(path)) {
                    draft.updatedByJob.add(path);
                }
            }
        }
    }
}
