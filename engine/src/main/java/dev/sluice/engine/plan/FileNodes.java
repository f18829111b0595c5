package dev.sluice.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the search, by columns. A node is a path together with the rule that has to make it,
 * where an input says so; {@link #SOURCE_ONLY} for a file that is taken as it lies there.
 */
final class FileNodes {
    static final int ANY_RULE = -1;
    static final int SOURCE_ONLY = -2;

    static final int UNKNOWN = 0;
    static final int FEASIBLE = 1;
    static final int INFEASIBLE = 2;

    private static final int[] NO_CANDIDATES = {};

    private final Ints ofPath = new Ints();
    private final Map<Long, Integer> pinned = new HashMap<>();
    final Ints path = new Ints();
    final Ints pin = new Ints();
    final Ints state = new Ints();
    final List<int[]> candidates = new ArrayList<>();
    final Links users = new Links();

    int size() {
        return path.size();
    }

    /** The node, made when it is new: then {@link #size} has grown. */
    int node(int pathId, int rule) {
        if (rule == ANY_RULE) {
            while (ofPath.size() <= pathId) {
                ofPath.add(-1);
            }
            if (ofPath.get(pathId) < 0) {
                ofPath.set(pathId, add(pathId, rule));
            }
            return ofPath.get(pathId);
        }
        long key = ((long) pathId << 32) | (rule & 0xffff_ffffL);
        Integer known = pinned.get(key);
        if (known != null) {
            return known;
        }
        int node = add(pathId, rule);
        pinned.put(key, node);
        return node;
    }

    private int add(int pathId, int rule) {
        path.add(pathId);
        pin.add(rule);
        state.add(UNKNOWN);
        candidates.add(NO_CANDIDATES);
        users.grow();
        return path.size() - 1;
    }
}
