package dev.sluice.engine.plan;

import java.util.BitSet;

/** What {@code --until}, {@code --omit-from} and a batch leave of a plan. */
final class Cutting {
    private final PlanColumns columns;
    private final Targets targets;

    Cutting(PlanColumns columns, Targets targets) {
        this.columns = columns;
        this.targets = targets;
    }

    PlanColumns cut() {
        BitSet roots = (BitSet) columns.targets().clone();
        if (named(targets.until)) {
            roots = chosen(targets.until);
        }
        BitSet omitted = new BitSet();
        if (named(targets.omitFrom)) {
            omitted = downstream(chosen(targets.omitFrom));
            for (int job = omitted.nextSetBit(0); job >= 0; job = omitted.nextSetBit(job + 1)) {
                for (int needed : columns.needs().of(job)) {
                    roots.set(needed);
                }
            }
            roots.andNot(omitted);
        }
        BitSet removed = new BitSet();
        removed.set(0, columns.size());
        removed.andNot(upstream(roots));
        removed.or(omitted);
        return columns.without(removed, roots);
    }

    private static boolean named(Targets.Names names) {
        return !names.rules().isEmpty() || !names.files().isEmpty();
    }

    private BitSet chosen(Targets.Names names) {
        BitSet chosen = new BitSet();
        for (int job = 0; job < columns.size(); job++) {
            if (columns.exists(job) && matches(columns, job, names)) {
                chosen.set(job);
            }
        }
        return chosen;
    }

    /** Whether the job's rule or one of its outputs is named. */
    static boolean matches(PlanColumns columns, int job, Targets.Names names) {
        if (names.rules().contains(columns.ruleOf(job).index())) {
            return true;
        }
        if (names.files().isEmpty()) {
            return false;
        }
        for (int output : columns.outputs()[job]) {
            if (names.files().contains(columns.paths().text(output))) {
                return true;
            }
        }
        return false;
    }

    private BitSet downstream(BitSet from) {
        return reach(columns.dependents(), from);
    }

    private BitSet upstream(BitSet from) {
        return reach(columns.needs(), from);
    }

    private static BitSet reach(Edges edges, BitSet from) {
        BitSet seen = (BitSet) from.clone();
        Ints queue = new Ints();
        from.stream().forEach(queue::add);
        for (int next = 0; next < queue.size(); next++) {
            for (int end : edges.of(queue.get(next))) {
                if (!seen.get(end)) {
                    seen.set(end);
                    queue.add(end);
                }
            }
        }
        return seen;
    }

    /** Jobs that are named, and what of those that run they need. */
    static BitSet prioritized(PlanColumns columns, Targets.Names names, BitSet runs) {
        BitSet found = new BitSet();
        if (!named(names)) {
            return found;
        }
        Ints queue = new Ints();
        runs.stream()
                .filter(job -> matches(columns, job, names))
                .forEach(
                        job -> {
                            found.set(job);
                            queue.add(job);
                        });
        for (int next = 0; next < queue.size(); next++) {
            for (int needed : columns.needs().of(queue.get(next))) {
                if (runs.get(needed) && !found.get(needed)) {
                    found.set(needed);
                    queue.add(needed);
                }
            }
        }
        return found;
    }
}
