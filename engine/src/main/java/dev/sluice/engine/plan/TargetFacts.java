package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;

import java.util.BitSet;

/** Why a job that the user asked for has to run, whatever its inputs are. */
final class TargetFacts {
    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final KnownFiles known;
    private final Targets targets;
    private final ProductFiles productFiles;
    private final Compelled compelled;

    TargetFacts(
            PlanColumns columns,
            RulePatterns patterns,
            KnownFiles known,
            Targets targets,
            ProductFiles productFiles,
            Compelled compelled) {
        this.columns = columns;
        this.patterns = patterns;
        this.known = known;
        this.targets = targets;
        this.productFiles = productFiles;
        this.compelled = compelled;
    }

    /** Adds what makes a target run: its products that are missing, or that it has none. */
    void add(int job, ReasonDraft draft) {
        int benchmark = productFiles.benchmark(job);
        int[] outputs = columns.outputs()[job];
        if (outputs.length == 0 && benchmark < 0) {
            targetWithoutProducts(job, draft);
            return;
        }
        boolean byRule = targets.roots.rules().contains(columns.ruleOf(job).index());
        BitSet used = byRule ? new BitSet() : usedOutputs(job);
        for (int i = 0; i < outputs.length; i++) {
            boolean asked = targets.roots.files().contains(columns.paths().text(outputs[i]));
            if ((byRule || asked || used.get(i)) && productFiles.missing(job, i)) {
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
            draft.noInputOrOutput = !compelled.made(job);
        } else if (!columns.ruleOf(job).action().kind().equals("norun")) {
            draft.noOutput = !compelled.made(job);
        } else {
            for (int input : inputs) {
                if (!known.exists(input)) {
                    draft.updatedByJob.add(columns.paths().text(input));
                }
            }
        }
    }
}
