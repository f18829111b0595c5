package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Candidates of a search that cannot be made because each waits for the next, and so on round. */
final class Circle {
    private static final int NAMED = 3;

    private final Search search;

    private Circle(Search search) {
        this.search = search;
    }

    /** {@code start}: a candidate in such a circle, or one that leads into it. */
    static Problem problem(Search search, int start) {
        List<Integer> circle = from(start, new Circle(search)::next);
        List<String> rules = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int candidate : circle) {
            String rule = Problems.rule(search, candidate).name();
            int[] outputs = search.candidates.outputs.get(candidate);
            rules.add(rule);
            notes.add(note(rule, Problems.texts(search.paths, outputs)));
        }
        return Problems.cycle(Problems.rule(search, circle.getFirst()), message(rules), notes);
    }

    static String note(String rule, List<String> outputs) {
        return "    " + rule + ": " + String.join(", ", outputs);
    }

    /** {@code rules}: each needs the next, the last needs the first. */
    static String message(List<String> rules) {
        String first = "rule `" + rules.getFirst() + "` needs its own output";
        List<String> others = rules.subList(1, rules.size()).stream().distinct().toList();
        if (others.isEmpty()) {
            return first;
        }
        if (others.size() > NAMED) {
            return first + ", by way of " + others.size() + " other rules";
        }
        return first + ", by way of `" + String.join("` and `", others) + "`";
    }

    /**
     * Goes from one to the next until one turns up again: the part of the way from there on. The
     * start alone where the way ends ({@code next} is negative).
     */
    static List<Integer> from(int start, IntUnaryOperator next) {
        List<Integer> way = new ArrayList<>();
        Map<Integer, Integer> places = new HashMap<>();
        int at = start;
        while (at >= 0 && places.putIfAbsent(at, way.size()) == null) {
            way.add(at);
            at = next.applyAsInt(at);
        }
        return at < 0 ? List.of(start) : way.subList(places.getOrDefault(at, 0), way.size());
    }

    /** A maker of an input that cannot be made, first one that is known to wait, or -1. */
    private int next(int candidate) {
        int other = -1;
        for (int node : search.candidates.nodes.get(candidate)) {
            if (node < 0 || search.nodes.state.get(node) != FileNodes.INFEASIBLE) {
                continue;
            }
            for (int maker : search.nodes.candidates.get(node)) {
                Problem own = search.candidates.problems.get(maker);
                if (own != null && own.code() == PlanCode.CYCLIC_DEPENDENCY) {
                    return maker;
                }
                other = other < 0 && own == null ? maker : other;
            }
        }
        return other;
    }
}
