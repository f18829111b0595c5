package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.Call;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.MissingWildcard;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Item;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the inputs of candidates: fills in wildcards, and asks Python for a whole batch at once.
 */
final class Expansion {
    private final Search search;
    private final Candidates candidates;
    private final Evaluator evaluator;
    private final PlanRequest request;

    private final Map<Integer, int[]> constants = new HashMap<>();

    /** By node: the candidate that was linked to it last. */
    private final Ints linked = new Ints();

    Expansion(Search search, PlanRequest request, Evaluator evaluator) {
        this.search = search;
        this.candidates = search.candidates;
        this.evaluator = evaluator;
        this.request = request;
    }

    void expand(int[] batch) {
        List<Call> calls = new ArrayList<>();
        for (int candidate : batch) {
            if (rule(candidate).shape() == null) {
                addCalls(candidate, calls);
            }
        }
        List<Answer> answers = calls.isEmpty() ? List.of() : evaluator.call(calls);
        int next = 0;
        for (int candidate : batch) {
            RulePatterns.Compiled rule = rule(candidate);
            String period = WildcardChoice.periodic(candidates.wildcards.get(candidate));
            int functions = functions(rule);
            if (period != null) {
                search.discard(candidate, Problems.periodic(search, candidate, period));
            } else {
                expandOne(candidate, rule, answers.subList(next, next + functions));
            }
            next += functions;
        }
    }

    private RulePatterns.Compiled rule(int candidate) {
        return search.patterns.of(candidates.rule.get(candidate));
    }

    private static int functions(RulePatterns.Compiled rule) {
        if (rule.shape() != null) {
            return 0;
        }
        int functions = 0;
        for (FilePattern pattern : rule.input()) {
            functions += pattern == null ? 1 : 0;
        }
        return functions;
    }

    private void addCalls(int candidate, List<Call> calls) {
        RulePatterns.Compiled rule = rule(candidate);
        JobArguments arguments =
                new JobArguments(
                        rule.rule().name(),
                        candidates.wildcards.get(candidate).toMap(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1,
                        "local",
                        candidate);
        for (Item item : rule.rule().input().items()) {
            if (item instanceof Item.Function function) {
                calls.add(new Call(function.function(), Call.Expect.FILES, arguments));
            }
        }
    }

    private void expandOne(int candidate, RulePatterns.Compiled rule, List<Answer> answers) {
        try {
            candidates.outputs.set(candidate, outputs(rule, candidates.wildcards.get(candidate)));
            InputShape shared = rule.shape();
            if (shared != null) {
                setInputs(candidate, filled(rule, candidate), shared);
                return;
            }
            InputList list = new InputList(search, rule, candidates.wildcards.get(candidate));
            Problem problem = list.addAll(candidate, answers);
            if (problem != null) {
                search.discard(candidate, problem);
            } else {
                setInputs(candidate, list.paths(), list.shape());
            }
        } catch (MissingWildcard missing) {
            search.discard(candidate, Problems.missingWildcard(search, candidate, missing));
        }
    }

    private int[] filled(RulePatterns.Compiled rule, int candidate) {
        Wildcards wildcards = candidates.wildcards.get(candidate);
        @Nullable FilePattern[] patterns = rule.input();
        int[] inputs = constants(rule).clone();
        for (int i = 0; i < inputs.length; i++) {
            FilePattern pattern = patterns[i];
            if (inputs[i] < 0 && pattern != null) {
                inputs[i] = search.paths.id(pattern.apply(wildcards));
            }
        }
        return inputs;
    }

    /** By input of the rule: its path where it has no wildcards, else -1. */
    private int[] constants(RulePatterns.Compiled rule) {
        return constants.computeIfAbsent(rule.rule().index(), index -> constantInputs(rule));
    }

    private int[] constantInputs(RulePatterns.Compiled rule) {
        @Nullable FilePattern[] patterns = rule.input();
        int[] inputs = new int[patterns.length];
        for (int i = 0; i < inputs.length; i++) {
            FilePattern pattern = patterns[i];
            inputs[i] = -1;
            if (pattern != null && !pattern.hasWildcards()) {
                inputs[i] = search.paths.id(pattern.apply(Wildcards.NONE));
            }
        }
        return inputs;
    }

    private int[] outputs(RulePatterns.Compiled rule, Wildcards wildcards) {
        int[] outputs = new int[rule.outputs().size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = search.paths.id(rule.outputs().get(i).apply(wildcards));
        }
        return outputs;
    }

    private void setInputs(int candidate, int[] inputs, InputShape shape) {
        candidates.inputs.set(candidate, inputs);
        candidates.shapes.set(candidate, shape);
        if (needsItself(candidate, inputs, shape)) {
            search.discard(candidate, Problems.cycle(search, candidate));
            return;
        }
        Problem unfit = batchProblem(candidate, inputs);
        if (unfit != null) {
            search.discard(candidate, unfit);
            return;
        }
        boolean[] considered = considered(candidate, inputs);
        int[] nodes = new int[inputs.length];
        candidates.nodes.set(candidate, nodes);
        int waiting = 0;
        boolean missing = false;
        for (int i = 0; i < inputs.length; i++) {
            if (!considered[i]) {
                nodes[i] = -1;
                continue;
            }
            int pin = shape.beforeUpdate(i) ? FileNodes.SOURCE_ONLY : shape.pins()[i];
            int node = search.node(inputs[i], pin, candidate);
            nodes[i] = node;
            if (link(node, candidate)) {
                int state = search.nodes.state.get(node);
                missing |= state == FileNodes.INFEASIBLE;
                waiting += state == FileNodes.UNKNOWN ? 1 : 0;
            }
        }
        candidates.waiting.set(candidate, waiting);
        if (missing) {
            search.discard(candidate);
        } else if (waiting == 0) {
            search.accept(candidate);
        }
    }

    /** Whether the node was not linked to this candidate yet. */
    private boolean link(int node, int candidate) {
        while (linked.size() <= node) {
            linked.add(-1);
        }
        if (linked.get(node) == candidate) {
            return false;
        }
        linked.set(node, candidate);
        search.nodes.users.add(node, candidate);
        return true;
    }

    private boolean needsItself(int candidate, int[] inputs, InputShape shape) {
        for (int output : candidates.outputs.get(candidate)) {
            for (int i = 0; i < inputs.length; i++) {
                if (inputs[i] == output && !shape.beforeUpdate(i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The batch where this is a job of the rule that is run in batches, else null. */
    private PlanRequest.@Nullable Batch batch(int candidate) {
        PlanRequest.Batch batch = request.cut().batch();
        return batch != null && batch.rule().equals(rule(candidate).rule().name()) ? batch : null;
    }

    private @Nullable Problem batchProblem(int candidate, int[] inputs) {
        PlanRequest.Batch batch = batch(candidate);
        if (batch == null) {
            return null;
        }
        long different = Arrays.stream(inputs).distinct().count();
        if (different < batch.of()) {
            return Problems.ofRule(
                    PlanCode.TOO_MANY_BATCHES,
                    rule(candidate).rule(),
                    "rule `"
                            + batch.rule()
                            + "` has "
                            + different
                            + " inputs, too few for "
                            + batch.of()
                            + " batches",
                    List.of());
        }
        boolean[] considered = considered(candidate, inputs);
        for (int i = 0; i < inputs.length; i++) {
            boolean last = batch.index() == batch.of();
            if (last && !considered[i] && !search.known.exists(inputs[i])) {
                return Problems.ofRule(
                        PlanCode.BATCHES_MISSING,
                        rule(candidate).rule(),
                        "Unable to execute batch "
                                + batch
                                + ": not all batches before it have been completed, or their files"
                                + " have been deleted. The first that is missing: "
                                + search.paths.text(inputs[i]),
                        List.of());
            }
        }
        return null;
    }

    /** All inputs, but for the rule of {@code --batch} those of the batch. */
    private boolean[] considered(int candidate, int[] inputs) {
        boolean[] considered = new boolean[inputs.length];
        Arrays.fill(considered, true);
        PlanRequest.Batch batch = batch(candidate);
        if (batch == null) {
            return considered;
        }
        List<String> all =
                Arrays.stream(inputs).mapToObj(search.paths::text).distinct().sorted().toList();
        int size = all.size() / batch.of();
        int rest = all.size() % batch.of();
        int from = (batch.index() - 1) * size + Math.min(batch.index() - 1, rest);
        int to = batch.index() * size + Math.min(batch.index(), rest);
        List<String> chosen = all.subList(from, batch.index() == batch.of() ? all.size() : to);
        for (int i = 0; i < inputs.length; i++) {
            considered[i] = chosen.contains(search.paths.text(inputs[i]));
        }
        return considered;
    }
}
