package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Jobs ordered so that each comes after those it needs. */
final class Layers {
    private Layers() {}

    /** All jobs, each after those it needs; shorter than the plan where jobs need themselves. */
    static int[] order(PlanColumns columns) {
        int size = columns.size();
        int[] open = new int[size];
        Ints order = new Ints();
        for (int job = 0; job < size; job++) {
            open[job] = columns.needs().degree(job);
            if (open[job] == 0 && columns.exists(job)) {
                order.add(job);
            }
        }
        for (int next = 0; next < order.size(); next++) {
            for (int dependent : columns.dependents().of(order.get(next))) {
                if (--open[dependent] == 0) {
                    order.add(dependent);
                }
            }
        }
        return order.toArray();
    }

    /** By job: the length of the longest way to it from a job that needs none. */
    static int[] depths(PlanColumns columns, int[] order) {
        int[] depth = new int[columns.size()];
        for (int job : order) {
            for (int needed : columns.needs().of(job)) {
                depth[job] = Math.max(depth[job], depth[needed] + 1);
            }
        }
        return depth;
    }

    /** The chosen jobs in layers: a job comes one layer after the last chosen job that it needs. */
    static List<List<Integer>> of(PlanColumns columns, BitSet chosen) {
        int[] depth = new int[columns.size()];
        List<List<Integer>> layers = new ArrayList<>();
        for (int job : order(columns)) {
            int deepest = 0;
            for (int needed : columns.needs().of(job)) {
                deepest = Math.max(deepest, depth[needed] + (chosen.get(needed) ? 1 : 0));
            }
            depth[job] = deepest;
            if (chosen.get(job)) {
                while (layers.size() <= deepest) {
                    layers.add(new ArrayList<>());
                }
                layers.get(deepest).add(job);
            }
        }
        layers.forEach(layer -> layer.sort(null));
        return layers;
    }
}
