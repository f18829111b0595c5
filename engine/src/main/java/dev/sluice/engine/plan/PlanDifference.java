package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a checkpoint changed. */
final class PlanDifference {
    private PlanDifference() {}

    static Replanned.PlanChanged between(Plan before, Planned.Made made) {
        Plan after = made.plan();
        List<Integer> added = new ArrayList<>();
        List<Integer> rewired = new ArrayList<>();
        List<Integer> removed = new ArrayList<>();
        for (int job = 0; job < after.size(); job++) {
            boolean was = job < before.size() && before.exists(job);
            if (was && !after.exists(job)) {
                removed.add(job);
            } else if (!was && after.exists(job)) {
                added.add(job);
            } else if (was && changed(before, after, job)) {
                rewired.add(job);
            }
        }
        return new Replanned.PlanChanged(after, added, rewired, removed, made.warnings());
    }

    private static boolean changed(Plan before, Plan after, int job) {
        return before.runs(job) != after.runs(job)
                || !Arrays.equals(before.needs(job), after.needs(job))
                || !Arrays.equals(before.columns().inputs()[job], after.columns().inputs()[job]);
    }
}
