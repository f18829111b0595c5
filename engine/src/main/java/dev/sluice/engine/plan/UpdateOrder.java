package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Flags;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs that want a file as it was before another job updates it: they come first. */
final class UpdateOrder {
    private UpdateOrder() {}

    /** By job that updates a file: the jobs that have to be done before. */
    static Map<Integer, List<Integer>> find(
            PlanColumns columns, RulePatterns patterns, BitSet runs) {
        Map<Integer, Integer> updaterOf = new LinkedHashMap<>();
        runs.stream()
                .forEach(
                        job -> {
                            int[] outputs = columns.outputs()[job];
                            for (int i = 0; i < outputs.length; i++) {
                                Flags flags = patterns.outputFlags(columns.ruleOf(job), i);
                                if (flags.has(Flags.UPDATE)) {
                                    updaterOf.put(outputs[i], job);
                                }
                            }
                        });
        Map<Integer, List<Integer>> before = new LinkedHashMap<>();
        if (updaterOf.isEmpty()) {
            return before;
        }
        runs.stream()
                .forEach(
                        job -> {
                            InputShape shape = columns.shapeOf(job);
                            int[] inputs = columns.inputs()[job];
                            for (int i = 0; i < inputs.length; i++) {
                                Integer updater = updaterOf.get(inputs[i]);
                                if (shape.beforeUpdate(i)
                                        && updater != null
                                        && updater != job
                                        && !leadsTo(columns, updater, job)) {
                                    before.computeIfAbsent(updater, key -> new ArrayList<>())
                                            .add(job);
                                }
                            }
                        });
        return before;
    }

    /** Whether {@code to} needs {@code from}, through others or not. */
    private static boolean leadsTo(PlanColumns columns, int from, int to) {
        BitSet seen = new BitSet();
        Ints queue = new Ints();
        queue.add(from);
        for (int next = 0; next < queue.size(); next++) {
            for (int dependent : columns.dependents().of(queue.get(next))) {
                if (!seen.get(dependent)) {
                    seen.set(dependent);
                    queue.add(dependent);
                }
            }
        }
        return seen.get(to);
    }
}
