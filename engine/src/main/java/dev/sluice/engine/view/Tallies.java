package dev.sluice.engine.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** How many jobs of each rule stand where, kept as they move. Owned by one thread. */
final class Tallies {
    private static final int STATES = RowState.values().length;

    private final SequencedMap<String, Integer> ruleNumbers = new LinkedHashMap<>();
    private final List<String> rules = new ArrayList<>();
    private final List<int[]> counts = new ArrayList<>();
    private final int[] all = new int[STATES];

    void begin(List<String> planned) {
        ruleNumbers.clear();
        rules.clear();
        counts.clear();
        Arrays.fill(all, 0);
        planned.forEach(this::ruleIndex);
    }

    List<String> rules() {
        return Collections.unmodifiableList(rules);
    }

    /** The rule's number; a new one where it was not known. */
    int ruleIndex(String rule) {
        Integer known = ruleNumbers.putIfAbsent(rule, rules.size());
        if (known == null) {
            rules.add(rule);
            counts.add(new int[STATES]);
            return rules.size() - 1;
        }
        return known;
    }

    int count(RowState state) {
        return all[state.code()];
    }

    int count(int rule, RowState state) {
        return counts.get(rule)[state.code()];
    }

    /** One more job, which waits. */
    void add(int rule) {
        move(rule, RowState.WAITING, 1);
    }

    void changeState(int rule, RowState from, RowState to) {
        move(rule, from, -1);
        move(rule, to, 1);
    }

    void changeRule(int from, int to, RowState state) {
        move(from, state, -1);
        move(to, state, 1);
    }

    private void move(int rule, RowState state, int jobs) {
        counts.get(rule)[state.code()] += jobs;
        all[state.code()] += jobs;
    }
}
