package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The jobs of a plan by columns; index = job id.
 *
 * @param rule null where the job was removed
 * @param producers by job, beside its inputs: the job that makes the input, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared or changed.
record PlanColumns(
        Paths paths,
        @Nullable Rule[] rule,
        @Nullable Wildcards[] wildcards,
        int[][] inputs,
        @Nullable InputShape[] shapes,
        int[][] outputs,
        int[][] producers,
        BitSet targets,
        Edges needs,
        Edges dependents) {

    static PlanColumns of(
            Paths paths,
            @Nullable Rule[] rule,
            @Nullable Wildcards[] wildcards,
            int[][] inputs,
            @Nullable InputShape[] shapes,
            int[][] outputs,
            int[][] producers,
            BitSet targets) {
        int[][] needs = new int[producers.length][];
        for (int job = 0; job < needs.length; job++) {
            needs[job] = distinct(producers[job]);
        }
        Edges edges = Edges.of(needs);
        return new PlanColumns(
                paths,
                rule,
                wildcards,
                inputs,
                shapes,
                outputs,
                producers,
                targets,
                edges,
                edges.reversed());
    }

    /** Without these jobs; what is left keeps its number. */
    PlanColumns without(BitSet removed, BitSet newTargets) {
        if (removed.isEmpty() && newTargets.equals(targets)) {
            return this;
        }
        @Nullable Rule[] keptRule = rule.clone();
        int[][] keptInputs = inputs.clone();
        int[][] keptOutputs = outputs.clone();
        int[][] keptProducers = producers.clone();
        int[] none = {};
        removed.stream()
                .forEach(
                        job -> {
                            keptRule[job] = null;
                            keptInputs[job] = none;
                            keptOutputs[job] = none;
                            keptProducers[job] = none;
                        });
        return of(
                paths,
                keptRule,
                wildcards,
                keptInputs,
                shapes,
                keptOutputs,
                keptProducers,
                newTargets);
    }

    int size() {
        return rule.length;
    }

    boolean exists(int job) {
        return rule[job] != null;
    }

    Rule ruleOf(int job) {
        Rule found = rule[job];
        if (found == null) {
            throw new IllegalArgumentException("job " + job + " was removed from the plan");
        }
        return found;
    }

    Wildcards wildcardsOf(int job) {
        Wildcards found = wildcards[job];
        return found == null ? Wildcards.NONE : found;
    }

    InputShape shapeOf(int job) {
        InputShape shape = shapes[job];
        if (shape == null) {
            throw new IllegalArgumentException("job " + job + " was removed from the plan");
        }
        return shape;
    }

    private static int[] distinct(int[] producers) {
        int[] sorted = producers.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int producer : sorted) {
            if (producer >= 0 && (count == 0 || sorted[count - 1] != producer)) {
                sorted[count++] = producer;
            }
        }
        return Arrays.copyOf(sorted, count);
    }
}
