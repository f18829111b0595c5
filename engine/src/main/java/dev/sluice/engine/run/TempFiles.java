package dev.sluice.engine.run;

import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.TempFile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which temporary files nobody needs any more. Counts; never deletes. */
final class TempFiles {
    private final Map<Integer, List<Waiting>> byJob = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();

    private static final class Waiting {
        final String path;
        int open;

        Waiting(String path) {
            this.path = path;
        }
    }

    /**
     * Counts anew for the plan; {@code done} are jobs that have finished. Paths that are free at
     * once come back.
     */
    List<String> watch(Plan plan, BitSet done) {
        byJob.clear();
        List<String> free = new ArrayList<>();
        for (TempFile file : plan.tempFiles()) {
            Waiting waiting = new Waiting(file.path());
            Set<Integer> jobs = new LinkedHashSet<>(file.neededBy());
            if (plan.runs(file.producer())) {
                jobs.add(file.producer());
            }
            for (int job : jobs) {
                if (!done.get(job)) {
                    waiting.open++;
                    byJob.computeIfAbsent(job, any -> new ArrayList<>(2)).add(waiting);
                }
            }
            if (waiting.open == 0 && told.add(file.path())) {
                free.add(file.path());
            }
        }
        return free;
    }

    /** Paths that are free now that the job is done. */
    List<String> done(int job) {
        List<Waiting> files = byJob.remove(job);
        if (files == null) {
            return List.of();
        }
        List<String> free = new ArrayList<>(1);
        for (Waiting file : files) {
            file.open--;
            if (file.open == 0 && told.add(file.path)) {
                free.add(file.path);
            }
        }
        return free;
    }
}
