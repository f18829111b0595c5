package dev.sluice.app.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rules need which, drawn from what their jobs need.
 *
 * @param rules in the order of their first jobs
 * @param totals jobs of each
 * @param edges from the rule that is needed to the one that needs it
 * @param truncated there are more rules or edges than can be shown; of the rules, those with the
 *     most jobs are
 */
record RuleGraph(
        List<String> rules, List<Integer> totals, List<GraphLayout.Edge> edges, boolean truncated) {
    RuleGraph {
        rules = List.copyOf(rules);
        totals = List.copyOf(totals);
        edges = List.copyOf(edges);
    }

    static RuleGraph of(JobRows rows, int most) {
        int[] totals = new int[rows.rules().size()];
        var known = new ArrayList<Integer>();
        for (int rule = 0; rule < totals.length; rule++) {
            totals[rule] = RulesResource.total(rows, rule);
            if (totals[rule] > 0) {
                known.add(rule);
            }
        }
        List<Integer> shown = shown(known, totals, most);
        int[] places = new int[totals.length];
        Arrays.fill(places, -1);
        for (int place = 0; place < shown.size(); place++) {
            places[shown.get(place)] = place;
        }
        FewEdges edges = FewEdges.of(edges(rows, places));
        return new RuleGraph(
                shown.stream().map(rows.rules()::get).toList(),
                shown.stream().map(rule -> totals[rule]).toList(),
                edges.edges(),
                edges.truncated() || known.size() > most);
    }

    /** The largest, in the order in which they came. */
    private static List<Integer> shown(List<Integer> rules, int[] totals, int most) {
        if (rules.size() <= most) {
            return rules;
        }
        var largest = new ArrayList<>(rules);
        largest.sort(Comparator.comparingInt(rule -> -totals[rule]));
        return largest.subList(0, most).stream().sorted().toList();
    }

    private static List<GraphLayout.Edge> edges(JobRows rows, int[] places) {
        Set<GraphLayout.Edge> edges = new LinkedHashSet<>();
        for (int row = 0; row < rows.count(); row++) {
            int to = places[rows.ruleIndex(row)];
            if (to >= 0 && !rows.isRemoved(row)) {
                for (int need : rows.needs(row)) {
                    int from = places[rows.ruleIndex(need)];
                    if (from >= 0) {
                        edges.add(new GraphLayout.Edge(from, to));
                    }
                }
            }
        }
        return List.copyOf(edges);
    }
}
