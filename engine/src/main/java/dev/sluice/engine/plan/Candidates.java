package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.Wildcards;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The candidate jobs of the search, by columns. A candidate is a rule with wildcards. */
final class Candidates {
    /** Known, but a preferred candidate may spare looking at its inputs. */
    static final int DORMANT = 0;

    /** Its inputs are being looked for. */
    static final int OPEN = 1;

    static final int FEASIBLE = 2;
    static final int INFEASIBLE = 3;

    private record Key(int rule, Wildcards wildcards) {
        // A record's own methods are put together when they are first called, which a start feels.
        @Override
        public int hashCode() {
            return 31 * rule + wildcards.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(int otherRule, Wildcards values)
                    && rule == otherRule
                    && wildcards.equals(values);
        }
    }

    private final Map<Key, Integer> ids = new HashMap<>();
    final Ints rule = new Ints();
    final Ints state = new Ints();
    final Ints waiting = new Ints();
    final List<Wildcards> wildcards = new ArrayList<>();

    /** Paths of all inputs, in their order. */
    final List<int[]> inputs = new ArrayList<>();

    /** Beside the inputs: their nodes; -1 for one that another batch looks after. */
    final List<int[]> nodes = new ArrayList<>();

    final List<@Nullable InputShape> shapes = new ArrayList<>();
    final List<int[]> outputs = new ArrayList<>();
    final Links makes = new Links();
    final Map<Integer, Problem> problems = new HashMap<>();

    private static final int[] NONE = {};

    int size() {
        return rule.size();
    }

    /** The candidate, made when it is new: then {@link #size} has grown. */
    int candidate(int ofRule, Wildcards values) {
        Key key = new Key(ofRule, values);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = size();
        ids.put(key, id);
        rule.add(ofRule);
        state.add(DORMANT);
        waiting.add(0);
        wildcards.add(values);
        inputs.add(NONE);
        nodes.add(NONE);
        shapes.add(null);
        outputs.add(NONE);
        makes.grow();
        return id;
    }

    InputShape shape(int candidate) {
        InputShape shape = shapes.get(candidate);
        if (shape == null) {
            throw new IllegalStateException("candidate " + candidate + " has no inputs yet");
        }
        return shape;
    }
}
