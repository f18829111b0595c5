package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.List;

/** Candidates of a search that cannot be made because each waits for the next, and so on round. */
final class Circle {
    private static final int NAMED = 3;

    private final Search search;

    private Circle(Search search) {
        this.search = search;
    }

    /** {@code start}: a candidate in such a circle, or one that leads into it. */
    static Problem problem(Search search, int start) {
        List<Integer> circle = new Circle(search).from(start);
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

    /** Goes from need to need until a candidate turns up again. */
    private List<Integer> from(int start) {
        List<Integer> way = new ArrayList<>();
        int at = start;
        while (at >= 0 && !way.contains(at)) {
            way.add(at);
            at = next(at);
        }
        return at < 0 ? List.of(start) : way.subList(way.indexOf(at), way.size());
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
