package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Flags;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Which jobs run whatever their inputs look like: those that the user forces, and those whose
 * outputs are known to be unfit. What this run made in an earlier life is not forced again, but
 * what is made from it still has to be made anew.
 */
final class Compelled {
    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final KnownFiles known;
    private final Targets targets;
    private final Unfit unfit;
    private final IntFunction<String> keys;

    private final Set<String> made;
    private final Set<String> done;

    /** Jobs that were forced, or ran for one that was, and are done with. */
    private final BitSet remade = new BitSet();

    Compelled(
            PlanColumns columns,
            RulePatterns patterns,
            KnownFiles known,
            Targets targets,
            Unfit unfit,
            IntFunction<String> keys) {
        this.columns = columns;
        this.patterns = patterns;
        this.known = known;
        this.targets = targets;
        this.unfit = unfit;
        this.keys = keys;
        made = new HashSet<>(targets.forcing.made());
        done = new HashSet<>(targets.forcing.done());
    }

    /** Whether {@link #add} has nothing to add to any job. */
    boolean addsNothing() {
        return made.isEmpty()
                && done.isEmpty()
                && unfit.incomplete().isEmpty()
                && unfit.lost().isEmpty();
    }

    /** Whether the user forces the job, or a broken-off job left its outputs half-made. */
    boolean forced(int job) {
        return (named(job) && !made(job)) || anyOutput(job, unfit.incomplete());
    }

    /** Whether there is no job but those that the user forces. */
    boolean all(BitSet settled) {
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

    /**
     * Adds what makes the job run even where a job that it needs runs without concerning it. To be
     * asked of each job after those that it needs.
     */
    void add(int job, ReasonDraft draft) {
        draft.forced |= anyOutput(job, unfit.incomplete());
        for (int output : columns.outputs()[job]) {
            String path = columns.paths().text(output);
            if (unfit.lost().contains(path)) {
                draft.lostOutput.add(path);
            }
        }
        if (made.isEmpty() && done.isEmpty()) {
            return;
        }
        if (!made(job)) {
            draft.forced |= named(job);
            addRemadeInputs(job, draft);
        } else if (named(job) || takesRemade(job)) {
            remade.set(job);
        }
    }

    /** Whether this run has finished the job in an earlier life. */
    boolean made(int job) {
        boolean leavesFiles = false;
        int[] outputs = columns.outputs()[job];
        for (int i = 0; i < outputs.length; i++) {
            Flags flags = patterns.outputFlags(columns.ruleOf(job), i);
            if (!Provenance.stream(flags)) {
                if (!made.contains(columns.paths().text(outputs[i]))) {
                    return false;
                }
                leavesFiles = true;
            }
        }
        return leavesFiles || (!done.isEmpty() && done.contains(keys.apply(job)));
    }

    private boolean named(int job) {
        return targets.forced.rules().contains(columns.ruleOf(job).index())
                || anyOutput(job, targets.forced.files());
    }

    private boolean anyOutput(int job, Set<String> among) {
        if (among.isEmpty()) {
            return false;
        }
        for (int output : columns.outputs()[job]) {
            if (among.contains(columns.paths().text(output))) {
                return true;
            }
        }
        return false;
    }

    /** Their times may be no newer, or their content the same: they count all the same. */
    private void addRemadeInputs(int job, ReasonDraft draft) {
        int[] inputs = columns.inputs()[job];
        for (int i = 0; i < inputs.length; i++) {
            if (remade(job, i)) {
                draft.updatedByJob.add(columns.paths().text(inputs[i]));
            }
        }
    }

    private boolean takesRemade(int job) {
        for (int i = 0; i < columns.inputs()[job].length; i++) {
            if (remade(job, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean remade(int job, int input) {
        int producer = columns.producers()[job][input];
        boolean ignored =
                columns.shapeOf(job).ancient(input) && known.exists(columns.inputs()[job][input]);
        return producer >= 0 && remade.get(producer) && !ignored;
    }
}
