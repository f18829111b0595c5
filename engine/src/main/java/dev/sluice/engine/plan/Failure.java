package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Finds out why a target cannot be made: walks down to the first things that are missing or went
 * wrong.
 */
final class Failure {
    private static final int SHOWN = 10;
    private static final int LONGEST_PATH = 8;

    /** A target: a file by its node or a job by its candidate; the other is -1. */
    record Root(int node, int candidate) {}

    private final Search search;
    private final Candidates candidates;
    private final FileNodes nodes;
    private final Ints queue = new Ints();

    /** By candidate: the candidate that wanted it, or -1 for a target. */
    private final Map<Integer, Integer> wantedBy = new HashMap<>();

    private final List<Problem> problems = new ArrayList<>();

    Failure(Search search) {
        this.search = search;
        candidates = search.candidates;
        nodes = search.nodes;
    }

    List<Problem> explain(List<Root> roots) {
        for (Root root : roots) {
            if (root.candidate() >= 0) {
                visit(root.candidate(), -1);
            } else if (nodes.candidates.get(root.node()).length == 0) {
                problems.add(noRule(root.node()));
            } else {
                visitMakers(root.node(), -1);
            }
        }
        for (int next = 0; next < queue.size() && problems.size() < SHOWN; next++) {
            explain(queue.get(next));
        }
        if (problems.isEmpty()) {
            roots.forEach(root -> problems.add(circular(root)));
        }
        return problems;
    }

    private void visit(int candidate, int by) {
        if (!wantedBy.containsKey(candidate)) {
            wantedBy.put(candidate, by);
            queue.add(candidate);
        }
    }

    private void visitMakers(int node, int by) {
        for (int candidate : nodes.candidates.get(node)) {
            visit(candidate, by);
        }
    }

    private void explain(int candidate) {
        @Nullable Problem own = candidates.problems.get(candidate);
        if (own != null) {
            boolean circle = own.code() == PlanCode.CYCLIC_DEPENDENCY;
            Problem shown = circle ? Circle.problem(search, candidate) : own;
            problems.add(withPath(shown, candidate));
            return;
        }
        SequencedSet<String> missing = new LinkedHashSet<>();
        int[] inputs = candidates.nodes.get(candidate);
        for (int node : inputs) {
            if (node < 0 || nodes.state.get(node) != FileNodes.INFEASIBLE) {
                continue;
            }
            if (nodes.candidates.get(node).length == 0) {
                missing.add(search.paths.text(nodes.path.get(node)));
            } else {
                visitMakers(node, candidate);
            }
        }
        if (!missing.isEmpty()) {
            problems.add(missingInput(candidate, missing));
        }
    }

    private Problem missingInput(int candidate, SequencedSet<String> missing) {
        Rule rule = Problems.rule(search, candidate);
        String message =
                "rule `"
                        + rule.name()
                        + "` needs `"
                        + missing.getFirst()
                        + (missing.size() == 1
                                ? "`, which is not there and which no rule makes"
                                : "` and " + others(missing.size() - 1));
        List<String> notes = new ArrayList<>();
        if (missing.size() > 1) {
            notes.add("    not there: " + String.join(", ", missing));
        }
        notes.addAll(Problems.job(search, candidate));
        notes.addAll(path(candidate));
        return new Problem(
                PlanCode.MISSING_INPUT,
                message,
                rule.name(),
                rule.place(),
                notes,
                hint(missing.getFirst()),
                null);
    }

    private static String others(int count) {
        String files = count == 1 ? "one more file" : count + " more files";
        return files + ", which are not there and which no rule makes";
    }

    private @Nullable String hint(String missing) {
        if (missing.startsWith("~")) {
            return "'~' is not expanded in paths: give the whole path or a relative one";
        }
        List<String> there = new ArrayList<>();
        for (int path = 0; path < search.paths.size(); path++) {
            if (search.known.exists(path)) {
                there.add(search.paths.text(path));
            }
        }
        return Similar.hint(missing, there);
    }

    private Problem noRule(int node) {
        String file = search.paths.text(nodes.path.get(node));
        List<String> names = new ArrayList<>();
        for (int rule = 0; rule < search.patterns.size(); rule++) {
            RulePatterns.Compiled compiled = search.patterns.of(rule);
            names.add(compiled.rule().name());
            for (FilePattern product : compiled.products()) {
                if (!product.hasWildcards()) {
                    names.add(product.text());
                }
            }
        }
        return Problems.ofRequest(
                PlanCode.MISSING_RULE,
                "`" + file + "` is neither a rule nor a file that one makes",
                Similar.hint(file, names));
    }

    private Problem circular(Root root) {
        int candidate =
                root.candidate() >= 0 ? root.candidate() : nodes.candidates.get(root.node())[0];
        return Circle.problem(search, candidate);
    }

    private Problem withPath(Problem problem, int candidate) {
        List<String> notes = new ArrayList<>(problem.notes());
        notes.addAll(path(candidate));
        return new Problem(
                problem.code(),
                problem.message(),
                problem.rule(),
                problem.place(),
                notes,
                problem.hint(),
                problem.python());
    }

    /** The jobs that led there, nearest first. */
    private List<String> path(int candidate) {
        List<String> lines = new ArrayList<>();
        int by = wantedBy.getOrDefault(candidate, -1);
        while (by >= 0) {
            if (lines.size() == LONGEST_PATH) {
                lines.add("    …");
                break;
            }
            String wildcards = candidates.wildcards.get(by).text();
            lines.add(
                    "    needed by rule "
                            + Problems.rule(search, by).name()
                            + (wildcards.isEmpty() ? "" : " (" + wildcards + ")"));
            by = wantedBy.getOrDefault(by, -1);
        }
        return lines;
    }
}
