package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which jobs run. First each job by its own facts, from the sources on; then along the edges: what uses a new
 * file runs too, and what makes a missing one that is needed. Takes time in proportion to jobs and edges.
 */
final class Staleness {
    private static final long NO_TIME = Long.MIN_VALUE;

    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final KnownFiles known;
    private final Targets targets;
    private final Provenance provenance;

    /** Outputs that a begun and unfinished job left, when they are to be made again. */
    private final Set<String> forcedFiles;

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
            Set<String> forcedFiles,
            BitSet settled) {
        this.columns = columns;
        this.patterns = patterns;
        this.known = known;
        this.targets = targets;
        this.provenance = provenance;
        this.forcedFiles = forcedFiles;
        this.settled = settled;
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
        if (allForced()) {
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
            int benchmark = benchmark(job);
            if (benchmark >= 0) {
                all.add(benchmark);
            }
        }
        known.need(all);
    }

    private int benchmark(int job) {
        if (!columns.exists(job)) {
            return -1;
        }
        Rule rule = columns.ruleOf(job);
        if (!(rule.benchmark() instanceof Item.Path path)) {
            return -1;
        }
        FilePattern pattern = Products.pattern(rule, path.text());
        return columns.paths().id(pattern.apply(columns.wildcardsOf(job)));
    }

    private boolean forced(int job) {
        if (targets.forced.rules().contains(columns.ruleOf(job).index())) {
            return true;
        }
        if (targets.forced.files().isEmpty() && forcedFiles.isEmpty()) {
            return false;
        }
        for (int output : columns.outputs()[job]) {
            String path = columns.paths().text(output);
            if (targets.forced.files().contains(path) || forcedFiles.contains(path)) {
                return true;
            }
        }
        return false;
    }

    private boolean allForced() {
        if (targets.forced.rules().isEmpty() && targets.forced.files().isEmpty()) {
            return false;
        }
        for (int job = 0; job < columns.size(); job++) {
            if (columns.exists(job) && !settled.get(job) && !forced(job)) {
                return false;
            }
        }
        return true;
    }

    /** A job without outputs on disk takes the time of what is made from it. */
    private void findOldestOutputs(int[] order) {
        for (int i = order.length - 1; i >= 0; i--) {
            int job = order[i];
            long oldest = oldestOwn(job);
            if (oldest == NO_TIME) {
                for (int dependent : columns.dependents().of(job)) {
                    if (oldestOutput[dependent] != NO_TIME) {
                        oldest = oldestOutput[dependent];
                        break;
                    }
                }
            }
            oldestOutput[job] = oldest;
        }
    }

    private long oldestOwn(int job) {
        long oldest = Long.MAX_VALUE;
        for (int output : columns.outputs()[job]) {
            oldest = Math.min(oldest, time(output));
        }
        int benchmark = benchmark(job);
        if (benchmark >= 0) {
            oldest = Math.min(oldest, time(benchmark));
        }
        return oldest == Long.MAX_VALUE ? NO_TIME : oldest;
    }

    private long time(int path) {
        FileFact fact = known.fact(path);
        return fact.exists() ? fact.modifiedNanos() : Long.MAX_VALUE;
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
        if (forced(job)) {
            draft.forced = true;
            return;
        }
        if (columns.targets().get(job)) {
            targetFacts(job, draft);
        }
        if (!draft.present() && !columns.shapeOf(job).waits()) {
            updatedInputs(job, draft);
        }
    }

    private void targetFacts(int job, ReasonDraft draft) {
        int benchmark = benchmark(job);
        int[] outputs = columns.outputs()[job];
        if (outputs.length == 0 && benchmark < 0) {
            targetWithoutProducts(job, draft);
            return;
        }
        boolean byRule = targets.roots.rules().contains(columns.ruleOf(job).index());
        BitSet used = byRule ? new BitSet() : usedOutputs(job);
        for (int i = 0; i < outputs.length; i++) {
            boolean asked = targets.roots.files().contains(columns.paths().text(outputs[i]));
            if ((byRule || asked || used.get(i)) && missing(job, i)) {
                draft.missingOutput.add(columns.paths().text(outputs[i]));
            }
        }
        if (byRule && benchmark >= 0 && !known.exists(benchmark)) {
            draft.missingOutput.add(columns.paths().text(benchmark));
        }
        if (!byRule) {
            askedProducts(job, draft);
        }
    }

    /** Logs and benchmarks that the user asked for by name. */
    private void askedProducts(int job, ReasonDraft draft) {
        for (FilePattern product : patterns.of(columns.ruleOf(job).index()).products()) {
            String path = product.apply(columns.wildcardsOf(job));
            if (targets.roots.files().contains(path)
                    && !draft.missingOutput.contains(path)
                    && !known.exists(columns.paths().id(path))) {
                draft.missingOutput.add(path);
            }
        }
    }

    private BitSet usedOutputs(int job) {
        BitSet used = new BitSet();
        int[] outputs = columns.outputs()[job];
        for (int dependent : columns.dependents().of(job)) {
            int[] inputs = columns.inputs()[dependent];
            for (int i = 0; i < inputs.length; i++) {
                for (int o = 0; o < outputs.length; o++) {
                    if (outputs[o] == inputs[i] && columns.producers()[dependent][i] == job) {
                        used.set(o);
                    }
                }
            }
        }
        return used;
    }

    private void targetWithoutProducts(int job, ReasonDraft draft) {
        int[] inputs = columns.inputs()[job];
        if (inputs.length == 0) {
            draft.noInputOrOutput = true;
        } else if (!columns.ruleOf(job).action().kind().equals("norun")) {
            draft.noOutput = true;
        } else {
            for (int input : inputs) {
                if (!known.exists(input)) {
                    draft.updatedByJob.add(columns.paths().text(input));
                }
            }
        }
    }

    private void updatedInputs(int job, ReasonDraft draft) {
        long oldest = oldestOutput[job];
        if (oldest == NO_TIME) {
            return;
        }
        InputShape shape = columns.shapeOf(job);
        int[] inputs = columns.inputs()[job];
        for (int i = 0; i < inputs.length; i++) {
            FileFact fact = known.fact(inputs[i]);
            if (fact.exists()
                    && fact.modifiedNanos() > oldest
                    && !shape.ancient(i)
                    && !provenance.sameContent(job, inputs[i])) {
                draft.updatedInput.add(columns.paths().text(inputs[i]));
            }
        }
    }

    private boolean missing(int job, int output) {
        Flags flags = patterns.outputFlags(columns.ruleOf(job), output);
        return flags.has(Flags.PIPE)
                || flags.has(Flags.SERVICE)
                || !known.exists(columns.outputs()[job][output]);
    }

    private boolean missingPath(int producer, int path) {
        if (!known.exists(path)) {
            return true;
        }
        int[] outputs = columns.outputs()[producer];
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == path) {
                return missing(producer, i);
            }
        }
        return false;
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
                        && missingPath(producer, columns.inputs()[job][i])) {
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

    /** Needed jobs of which only ancient files that lie there are used: their running changes nothing. */
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
                absent.set(outputs[i], missing(job, i));
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
                if (absent.get(output)
                        && wanted.get(output)
                        && !draft.missingOutput.contains(path)) {
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
}
