package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.pattern.OutputIndex;
import dev.sluice.engine.pattern.OutputIndex.Match;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.RuleBook;

import java.util.ArrayList;
import java.util.List;

/**
 * The and/or graph of files and candidate jobs: a file needs one of its candidates, a candidate
 * needs all its inputs. It grows by frontiers and is decided from its leaves. Never recurses, so a
 * long chain costs no stack.
 */
final class Search {
    final RulePatterns patterns;
    final RuleOrder order;
    final Paths paths = new Paths();
    final KnownFiles known;
    final FileNodes nodes = new FileNodes();
    final Candidates candidates = new Candidates();

    private final OutputIndex index;
    private final Expansion expansion;

    /** Nodes that were never looked at, and beside them the candidate that asked, or -1. */
    private final Ints freshNodes = new Ints();

    private final Ints askedBy = new Ints();
    private final Ints freshCandidates = new Ints();
    private final Ints decidedNodes = new Ints();
    private final Ints decidedCandidates = new Ints();

    Search(RuleBook book, PlanRequest request, Evaluator evaluator, FileFacts files) {
        patterns = new RulePatterns(book, request);
        order = new RuleOrder(book.ruleOrder());
        index = Products.index(book);
        known = new KnownFiles(paths, files);
        expansion = new Expansion(this, request, evaluator);
    }

    /** The node of a target file. */
    int target(String path) {
        return node(paths.id(path), FileNodes.ANY_RULE, -1);
    }

    /** The candidate of a target rule; it is looked into whether or not others are preferred. */
    int rootCandidate(int rule) {
        int candidate = candidates.candidate(rule, Wildcards.NONE);
        open(candidate);
        return candidate;
    }

    /** Whether something was asked for since the last {@link #run}. */
    boolean hasWork() {
        return !freshNodes.isEmpty() || !freshCandidates.isEmpty();
    }

    /** Grows and decides until nothing is left to do. */
    void run() {
        do {
            while (hasWork()) {
                expandNodes();
                expandCandidates();
            }
        } while (new Deadlock(this).breakOne());
    }

    /** The inputs of these candidates are asked for again; what was found for others stays. */
    void renew(Ints stale) {
        known.forget();
        for (int node = 0; node < nodes.size(); node++) {
            if (nodes.state.get(node) == FileNodes.INFEASIBLE) {
                nodes.state.set(node, FileNodes.UNKNOWN);
                nodes.users.clear(node);
                freshNodes.add(node);
                askedBy.add(-1);
            }
        }
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            if (candidates.state.get(candidate) == Candidates.INFEASIBLE) {
                candidates.state.set(candidate, Candidates.DORMANT);
                candidates.problems.remove(candidate);
            }
        }
        for (int i = 0; i < stale.size(); i++) {
            candidates.state.set(stale.get(i), Candidates.OPEN);
            freshCandidates.add(stale.get(i));
        }
        run();
    }

    int node(int pathId, int pin, int requester) {
        int before = nodes.size();
        int node = nodes.node(pathId, pin);
        if (nodes.size() > before) {
            freshNodes.add(node);
            askedBy.add(requester);
        }
        return node;
    }

    void open(int candidate) {
        if (candidates.state.get(candidate) == Candidates.DORMANT) {
            candidates.state.set(candidate, Candidates.OPEN);
            freshCandidates.add(candidate);
        }
    }

    /** The candidate cannot run; {@code problem} says why unless an input is simply not there. */
    void discard(int candidate, Problem problem) {
        candidates.problems.putIfAbsent(candidate, problem);
        discard(candidate);
    }

    void discard(int candidate) {
        candidates.state.set(candidate, Candidates.INFEASIBLE);
        decidedCandidates.add(candidate);
    }

    void accept(int candidate) {
        candidates.state.set(candidate, Candidates.FEASIBLE);
        decidedCandidates.add(candidate);
    }

    void decide(int node, int state) {
        nodes.state.set(node, state);
        decidedNodes.add(node);
    }

    /** Looks at a file's candidates again after one was decided. */
    void review(int node) {
        int[] all = nodes.candidates.get(node);
        boolean feasible = false;
        boolean hopeless = true;
        for (int candidate : all) {
            int state = candidates.state.get(candidate);
            if (state == Candidates.INFEASIBLE) {
                continue;
            }
            hopeless = false;
            feasible |= state == Candidates.FEASIBLE;
            if (state == Candidates.DORMANT && !dominated(candidate, all)) {
                open(candidate);
            }
        }
        if (nodes.state.get(node) != FileNodes.UNKNOWN) {
            return;
        }
        if (feasible) {
            decide(node, FileNodes.FEASIBLE);
        } else if (hopeless) {
            boolean source = !onlyFailedFunctions(all) && known.exists(nodes.path.get(node));
            decide(node, source ? FileNodes.FEASIBLE : FileNodes.INFEASIBLE);
        }
    }

    /** Whether no producer could even be looked into: then a file that lies there is no excuse. */
    private boolean onlyFailedFunctions(int[] all) {
        for (int candidate : all) {
            Problem problem = candidates.problems.get(candidate);
            if (problem == null || problem.code() != PlanCode.FUNCTION_FAILED) {
                return false;
            }
        }
        return all.length > 0;
    }

    /** Whether a candidate that may still work is strictly preferred. */
    boolean dominated(int candidate, int[] all) {
        for (int other : all) {
            if (other != candidate
                    && candidates.state.get(other) != Candidates.INFEASIBLE
                    && compare(other, candidate) > 0) {
                return true;
            }
        }
        return false;
    }

    int compare(int one, int two) {
        return order.compare(
                patterns.of(candidates.rule.get(one)), patterns.of(candidates.rule.get(two)));
    }

    /** Carries decisions to those who wait for them. */
    void propagate() {
        while (!decidedNodes.isEmpty() || !decidedCandidates.isEmpty()) {
            if (!decidedCandidates.isEmpty()) {
                candidates.makes.each(decidedCandidates.removeLast(), this::review);
            } else {
                int node = decidedNodes.removeLast();
                boolean feasible = nodes.state.get(node) == FileNodes.FEASIBLE;
                nodes.users.each(node, user -> tell(user, feasible));
            }
        }
    }

    private void tell(int user, boolean feasible) {
        if (candidates.state.get(user) != Candidates.OPEN) {
            return;
        }
        if (!feasible) {
            discard(user);
        } else if (candidates.waiting.increment(user, -1) == 0) {
            accept(user);
        }
    }

    private void expandNodes() {
        int[] batch = freshNodes.toArray();
        int[] requesters = askedBy.toArray();
        freshNodes.clear();
        askedBy.clear();
        Ints asked = new Ints();
        for (int node : batch) {
            asked.add(nodes.path.get(node));
        }
        known.need(asked);
        for (int i = 0; i < batch.length; i++) {
            findCandidates(batch[i], requesters[i]);
        }
        propagate();
    }

    private void findCandidates(int node, int requester) {
        int pin = nodes.pin.get(node);
        if (pin != FileNodes.SOURCE_ONLY && nodes.candidates.get(node).length == 0) {
            String path = paths.text(nodes.path.get(node));
            List<Match> matches = pinned(index.producers(path), pin);
            int[] found = new int[matches.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = candidateOf(matches.get(i), path, requester);
                candidates.makes.add(found[i], node);
            }
            nodes.candidates.set(node, found);
        }
        review(node);
    }

    private static List<Match> pinned(List<Match> matches, int pin) {
        if (pin < 0 || matches.size() < 2) {
            return matches;
        }
        List<Match> ofRule = new ArrayList<>();
        for (Match match : matches) {
            if (match.rule() == pin) {
                ofRule.add(match);
            }
        }
        return ofRule.isEmpty() ? matches : ofRule;
    }

    private int candidateOf(Match match, String path, int requester) {
        RulePatterns.Compiled rule = patterns.of(match.rule());
        Wildcards own = WildcardChoice.canonical(rule, match.wildcards());
        if (requester >= 0 && !own.isEmpty()) {
            own = WildcardChoice.preferred(rule, own, path, candidates.wildcards.get(requester));
        }
        return candidates.candidate(match.rule(), own);
    }

    private void expandCandidates() {
        int[] batch = freshCandidates.toArray();
        freshCandidates.clear();
        expansion.expand(batch);
        propagate();
    }
}
