package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses for each file that is needed the job that makes it, walking from the targets down. Of
 * candidates that would need themselves the innermost is dropped. Keeps its stack in a list: depth
 * costs nothing.
 */
final class Choice {
    /** The file is taken as it lies there. */
    static final int SOURCE = -1;

    private static final int OPEN = -2;
    private static final int FAILED = -3;

    private static final int WHITE = 0;
    private static final int GREY = 1;
    private static final int BLACK = 2;

    private final Search search;
    private final boolean allowAmbiguity;
    private final Ints chosen = new Ints();
    private final Ints color = new Ints();
    private final List<Problem> ambiguities = new ArrayList<>();

    /** Candidates that were met on the way to themselves, by node. */
    private final Set<Long> circular = new HashSet<>();

    /**
     * Frames: a node as it is, a candidate as its complement; beside them how far its inputs were
     * walked.
     */
    private final Ints stack = new Ints();

    private final Ints progress = new Ints();

    Choice(Search search, boolean allowAmbiguity) {
        this.search = search;
        this.allowAmbiguity = allowAmbiguity;
    }

    /** Walks from a target file; false when nothing can make it. */
    boolean walkNode(int root) {
        grow();
        if (search.nodes.state.get(root) != FileNodes.FEASIBLE) {
            return false;
        }
        push(root);
        walk();
        return chosen.get(root) >= 0;
    }

    /** Walks from a target job; false when it cannot run. */
    boolean walkCandidate(int root) {
        grow();
        if (search.candidates.state.get(root) != Candidates.FEASIBLE) {
            return false;
        }
        if (color.get(root) == WHITE) {
            enter(root);
            walk();
        }
        return color.get(root) == BLACK;
    }

    /** The candidate that makes the node's file, or {@link #SOURCE}. */
    int producer(int node) {
        return Math.max(chosen.get(node), SOURCE);
    }

    /** Files that two rules could make; empty where that is allowed. */
    List<Problem> ambiguities() {
        return ambiguities;
    }

    /** The inputs of these candidates are new: they are walked again. */
    void renew(Ints candidates) {
        grow();
        for (int i = 0; i < candidates.size(); i++) {
            color.set(candidates.get(i), WHITE);
        }
        for (int node = 0; node < chosen.size(); node++) {
            if (chosen.get(node) == FAILED) {
                chosen.set(node, OPEN);
            }
        }
    }

    private void grow() {
        while (chosen.size() < search.nodes.size()) {
            chosen.add(OPEN);
        }
        while (color.size() < search.candidates.size()) {
            color.add(WHITE);
        }
    }

    private void push(int node) {
        if (chosen.get(node) == OPEN) {
            stack.add(node);
            progress.add(0);
        }
    }

    private void enter(int candidate) {
        color.set(candidate, GREY);
        stack.add(~candidate);
        progress.add(0);
    }

    private void pop() {
        stack.removeLast();
        progress.removeLast();
    }

    private void walk() {
        while (!stack.isEmpty()) {
            int frame = stack.last();
            if (frame >= 0) {
                stepNode(frame);
            } else {
                stepCandidate(~frame);
            }
        }
    }

    private void stepCandidate(int candidate) {
        int[] nodes = search.candidates.nodes.get(candidate);
        int at = progress.last();
        while (at < nodes.length) {
            int node = nodes[at];
            int made = node < 0 ? SOURCE : chosen.get(node);
            if (made == FAILED) {
                color.set(candidate, WHITE);
                search.discard(candidate, Problems.cycle(search, candidate));
                search.propagate();
                pop();
                return;
            }
            if (made == OPEN) {
                progress.set(progress.size() - 1, at);
                push(node);
                return;
            }
            at++;
        }
        color.set(candidate, BLACK);
        pop();
    }

    private void stepNode(int node) {
        if (chosen.get(node) != OPEN) {
            pop();
            return;
        }
        int[] best = best(node);
        for (int candidate : best) {
            int state = color.get(candidate);
            if (state == WHITE) {
                enter(candidate);
                return;
            }
            if (state == GREY) {
                circular.add(pair(node, candidate));
                return;
            }
        }
        if (best.length > 1 && !allowAmbiguity) {
            ambiguities.add(Ambiguity.problem(search, node, best[0], best[1]));
        }
        boolean there = best.length == 0 && search.known.exists(search.nodes.path.get(node));
        chosen.set(node, best.length > 0 ? best[0] : there ? SOURCE : FAILED);
        pop();
    }

    /** The candidates that work and that no other one that works is preferred to. */
    private int[] best(int node) {
        int[] all = search.nodes.candidates.get(node);
        Ints live = new Ints();
        for (int candidate : all) {
            if (works(node, candidate)) {
                live.add(candidate);
            }
        }
        if (live.size() < 2) {
            return live.toArray();
        }
        Ints best = new Ints();
        for (int i = 0; i < live.size(); i++) {
            boolean beaten = false;
            for (int j = 0; j < live.size(); j++) {
                beaten |= search.compare(live.get(j), live.get(i)) > 0;
            }
            if (!beaten) {
                best.add(live.get(i));
            }
        }
        return best.toArray();
    }

    private boolean works(int node, int candidate) {
        return search.candidates.state.get(candidate) == Candidates.FEASIBLE
                && (circular.isEmpty() || !circular.contains(pair(node, candidate)));
    }

    private static long pair(int node, int candidate) {
        return ((long) node << 32) | candidate;
    }
}
