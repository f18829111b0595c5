package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which jobs run. First each job by its own facts, from the sources on; then along the
 * edges: what uses a new file runs too, and what makes a missing one that is needed. Takes time in
 * proportion to jobs and edges.
 */
final class Staleness {
    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final KnownFiles known;
    private final Provenance provenance;
    private final Compelled compelled;
    private final ProductFiles products;
    private final TargetFacts targetFacts;

    /** Jobs that are not judged: they have finished or are under way. */
    private final BitSet settled;

    private final BitSet runs = new BitSet();
    private final BitSet stale = new BitSet();
    private final BitSet masked = new BitSet();
    private final Map<Integer, Reason> own = new HashMap<>();
    private final long[] oldestOutput;

    Staleness(
            PlanColumns columns,
            RulePatterns patterns,
            KnownFiles known,
            Targets targets,
            Provenance provenance,
            Compelled compelled,
            BitSet settled) {
        this.columns = columns;
        this.patterns = patterns;
        this.known = known;
        this.provenance = provenance;
        this.compelled = compelled;
        this.settled = settled;
        products = new ProductFiles(columns, patterns, known);
        targetFacts = new TargetFacts(columns, patterns, known, targets, products, compelled);
        oldestOutput = new long[columns.size()];
    }

    /** Jobs that were to run and stay so, with why. */
    void carry(Map<Integer, Reason> reasons) {
        reasons.forEach(
                (job, reason) -> {
                    if (job < columns.size() && columns.exists(job)) {
                        own.put(job, reason);
                        stale.set(job);
                    }
                });
    }

    /** Judges all jobs; {@code order}: each after those it needs. */
    Verdict judge(int[] order) {
        lookAtFiles();
        if (compelled.all(settled)) {
            for (int job : order) {
                if (!settled.get(job)) {
                    runs.set(job);
                    own.put(job, ReasonDraft.forced());
                }
            }
        } else {
            findOldestOutputs(order);
            judgeByLevels(order);
            spread();
        }
        return new Verdict(columns, patterns, runs, own, absent(), wanted());
    }

    private void lookAtFiles() {
        Ints all = new Ints();
        for (int job = 0; job < columns.size(); job++) {
            for (int input : columns.inputs()[job]) {
                all.add(input);
            }
            for (int output : columns.outputs()[job]) {
                all.add(output);
            }
            int benchmark = products.benchmark(job);
            if (benchmark >= 0) {
                all.add(benchmark);
            }
        }
        known.need(all);
    }

    /** A job without outputs on disk takes the time of what is made from it. */
    private void findOldestOutputs(int[] order) {
        for (int i = order.length - 1; i >= 0; i--) {
            int job = order[i];
            long oldest = products.oldest(job);
            if (oldest == ProductFiles.NO_TIME) {
                for (int dependent : columns.dependents().of(job)) {
                    if (oldestOutput[dependent] != ProductFiles.NO_TIME) {
                        oldest = oldestOutput[dependent];
                        break;
                    }
                }
            }
            oldestOutput[job] = oldest;
        }
    }

    private void judgeByLevels(int[] order) {
        int[] depths = Layers.depths(columns, order);
        List<Ints> levels = new ArrayList<>();
        for (int job : order) {
            while (levels.size() <= depths[job]) {
                levels.add(new Ints());
            }
            levels.get(depths[job]).add(job);
        }
        for (Ints level : levels) {
            judgeLevel(level);
        }
    }

    private void judgeLevel(Ints level) {
        List<Integer> unclear = new ArrayList<>();
        for (int i = 0; i < level.size(); i++) {
            int job = level.get(i);
            compel(job);
            if (downstream(job) && !stale.get(job)) {
                masked.set(job);
            } else if (!settled.get(job) && !stale.get(job)) {
                ReasonDraft draft = new ReasonDraft();
                ownFacts(job, draft);
                if (draft.present()) {
                    settle(job, draft.reason());
                } else if (!columns.shapeOf(job).waits()) {
                    unclear.add(job);
                }
            }
        }
        provenance.changes(unclear).forEach(this::settle);
    }

    private void compel(int job) {
        if (!compelled.addsNothing() && !settled.get(job) && !stale.get(job)) {
            ReasonDraft draft = new ReasonDraft();
            compelled.add(job, draft);
            settle(job, draft.reason());
        }
    }

    private void settle(int job, Reason reason) {
        if (reason.present()) {
            own.put(job, reason);
            stale.set(job);
        }
    }

    private boolean downstream(int job) {
        for (int needed : columns.needs().of(job)) {
            if (stale.get(needed) || masked.get(needed)) {
                return true;
            }
        }
        return false;
    }

    private void ownFacts(int job, ReasonDraft draft) {
        if (compelled.forced(job)) {
            draft.forced = true;
            return;
        }
        if (columns.targets().get(job)) {
            targetFacts.add(job, draft);
        }
        if (!draft.present() && !columns.shapeOf(job).waits()) {
            updatedInputs(job, draft);
        }
    }

    private void updatedInputs(int job, ReasonDraft draft) {
        long oldest = oldestOutput[job];
        if (oldest == ProductFiles.NO_TIME) {
            return;
        }
        InputShape shape = columns.shapeOf(job);
        int[] inputs = columns.inputs()[job];
        for (int i = 0; i < inputs.length; i++) {
            FileFact fact = known.fact(inputs[i]);
            if (fact.exists()
                    && fact.newestNanos() > oldest
                    && !shape.ancient(i)
                    && !provenance.sameContent(job, inputs[i])) {
                draft.updatedInput.add(columns.paths().text(inputs[i]));
            }
        }
    }

    private void spread() {
        Set<Long> weak = new HashSet<>();
        BitSet examined = new BitSet();
        BitSet seen = (BitSet) stale.clone();
        Ints queue = new Ints();
        stale.stream().forEach(queue::add);
        for (int next = 0; next < queue.size(); next++) {
            int job = queue.get(next);
            runs.set(job);
            int[] producers = columns.producers()[job];
            for (int i = 0; i < producers.length; i++) {
                int producer = producers[i];
                if (producer >= 0
                        && !seen.get(producer)
                        && !settled.get(producer)
                        && products.missingPath(producer, columns.inputs()[job][i])) {
                    seen.set(producer);
                    queue.add(producer);
                }
            }
            for (int dependent : columns.dependents().of(job)) {
                if (seen.get(dependent) || settled.get(dependent)) {
                    continue;
                }
                if (!examined.get(dependent)) {
                    examined.set(dependent);
                    findWeakEdges(dependent, weak);
                }
                if (!weak.contains(pair(job, dependent))) {
                    seen.set(dependent);
                    queue.add(dependent);
                }
            }
        }
    }

    /**
     * Needed jobs of which only ancient files that lie there are used: their running changes
     * nothing.
     */
    private void findWeakEdges(int job, Set<Long> weak) {
        InputShape shape = columns.shapeOf(job);
        int[] producers = columns.producers()[job];
        BitSet strong = new BitSet();
        boolean any = false;
        for (int i = 0; i < producers.length; i++) {
            any |= shape.ancient(i);
        }
        if (!any) {
            return;
        }
        for (int i = 0; i < producers.length; i++) {
            if (producers[i] >= 0
                    && !(shape.ancient(i) && known.exists(columns.inputs()[job][i]))) {
                strong.set(producers[i]);
            }
        }
        for (int producer : producers) {
            if (producer >= 0 && !strong.get(producer)) {
                weak.add(pair(producer, job));
            }
        }
    }

    private static long pair(int from, int to) {
        return ((long) from << 32) | to;
    }

    private BitSet absent() {
        BitSet absent = new BitSet();
        for (int job = 0; job < columns.size(); job++) {
            for (int input : columns.inputs()[job]) {
                absent.set(input, !known.exists(input));
            }
            int[] outputs = columns.outputs()[job];
            for (int i = 0; i < outputs.length; i++) {
                absent.set(outputs[i], products.missing(job, i));
            }
        }
        return absent;
    }

    private BitSet wanted() {
        BitSet wanted = new BitSet();
        runs.stream()
                .forEach(
                        job -> {
                            int[] producers = columns.producers()[job];
                            for (int i = 0; i < producers.length; i++) {
                                if (producers[i] >= 0) {
                                    wanted.set(columns.inputs()[job][i]);
                                }
                            }
                        });
        return wanted;
    }
}
