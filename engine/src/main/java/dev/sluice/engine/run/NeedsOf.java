package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.value.Value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a task takes: jobs at the same time add up, of levels one after another the largest counts.
 * With time ({@code runtime}) it is the other way round.
 */
final class NeedsOf {
    private NeedsOf() {}

    static Needs attempt(Attempt attempt) {
        int threads = 0;
        SequencedMap<String, Long> resources = new LinkedHashMap<>();
        for (List<JobRun> level : attempt.levels) {
            int together = 0;
            SequencedMap<String, Long> sums = new LinkedHashMap<>();
            for (JobRun job : level) {
                if (job.acts()) {
                    together += job.ready().threads();
                    add(job.ready(), sums);
                }
            }
            threads = Math.max(threads, together);
            sums.forEach(
                    (name, amount) ->
                            resources.merge(name, amount, isTime(name) ? Long::sum : Long::max));
        }
        return new Needs(threads, resources);
    }

    private static void add(JobSettings job, SequencedMap<String, Long> sums) {
        job.resources()
                .forEach(
                        (name, value) -> {
                            switch (value) {
                                case Value.Int(long amount) -> together(sums, name, amount);
                                case Value.Real(double amount) ->
                                        together(sums, name, (long) Math.ceil(amount));
                                case Value.Scalar(String type, Value.Int(long amount)) ->
                                        together(sums, name, amount);
                                default -> {
                                    // Words such as a folder or a partition are no amounts.
                                }
                            }
                        });
    }

    private static void together(SequencedMap<String, Long> sums, String name, long amount) {
        sums.merge(name, amount, isTime(name) ? Long::max : Long::sum);
    }

    private static boolean isTime(String name) {
        return name.equals("runtime");
    }
}
