package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Gives numbers to the chosen candidates that lead to the targets, and lays them out in columns.
 */
final class Assembly {
    private static final int[] NONE = {};

    private final Search search;
    private final Choice choice;

    /** By candidate: its job id, or -1. Ids once given stay. */
    private final Ints jobOf = new Ints();

    private final Ints candidateOf = new Ints();

    Assembly(Search search, Choice choice) {
        this.search = search;
        this.choice = choice;
    }

    int candidate(int job) {
        return candidateOf.get(job);
    }

    int job(int candidate) {
        return candidate < jobOf.size() ? jobOf.get(candidate) : -1;
    }

    PlanColumns assemble(Ints roots) {
        BitSet reached = reach(roots);
        int size = candidateOf.size();
        @Nullable Rule[] rule = new Rule[size];
        @Nullable Wildcards[] wildcards = new Wildcards[size];
        int[][] inputs = new int[size][];
        @Nullable InputShape[] shapes = new InputShape[size];
        int[][] outputs = new int[size][];
        int[][] producers = new int[size][];
        for (int job = 0; job < size; job++) {
            int candidate = candidateOf.get(job);
            boolean there = reached.get(candidate);
            inputs[job] = there ? search.candidates.inputs.get(candidate) : NONE;
            outputs[job] = there ? search.candidates.outputs.get(candidate) : NONE;
            producers[job] = there ? producers(candidate) : NONE;
            if (there) {
                rule[job] = Problems.rule(search, candidate);
                wildcards[job] = search.candidates.wildcards.get(candidate);
                shapes[job] = search.candidates.shape(candidate);
            }
        }
        BitSet targets = new BitSet();
        for (int i = 0; i < roots.size(); i++) {
            targets.set(jobOf.get(roots.get(i)));
        }
        return PlanColumns.of(
                search.paths, rule, wildcards, inputs, shapes, outputs, producers, targets);
    }

    private int[] producers(int candidate) {
        int[] nodes = search.candidates.nodes.get(candidate);
        int[] producers = new int[nodes.length];
        Arrays.fill(producers, -1);
        for (int i = 0; i < nodes.length; i++) {
            int producer = nodes[i] < 0 ? Choice.SOURCE : choice.producer(nodes[i]);
            producers[i] = producer < 0 ? -1 : jobOf.get(producer);
        }
        return producers;
    }

    /** Numbers what the roots lead to, a job before those it needs. */
    private BitSet reach(Ints roots) {
        while (jobOf.size() < search.candidates.size()) {
            jobOf.add(-1);
        }
        BitSet reached = new BitSet();
        Ints stack = new Ints();
        for (int root = 0; root < roots.size(); root++) {
            stack.add(roots.get(root));
            while (!stack.isEmpty()) {
                int candidate = stack.removeLast();
                if (reached.get(candidate)) {
                    continue;
                }
                reached.set(candidate);
                number(candidate);
                int[] nodes = search.candidates.nodes.get(candidate);
                for (int i = nodes.length - 1; i >= 0; i--) {
                    int producer = nodes[i] < 0 ? Choice.SOURCE : choice.producer(nodes[i]);
                    if (producer >= 0 && !reached.get(producer)) {
                        stack.add(producer);
                    }
                }
            }
        }
        return reached;
    }

    private void number(int candidate) {
        if (jobOf.get(candidate) < 0) {
            jobOf.set(candidate, candidateOf.size());
            candidateOf.add(candidate);
        }
    }
}
