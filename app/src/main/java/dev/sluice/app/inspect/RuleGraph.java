package dev.sluice.app.inspect;

import dev.sluice.app.show.FileGraphText;
import dev.sluice.app.show.GraphText;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** The rules of the jobs of a plan, by their first job, and which needs which. */
record RuleGraph(List<Rule> rules, List<GraphText.Edge> edges) {

    static RuleGraph of(Plan plan) {
        SequencedMap<String, Integer> places = new LinkedHashMap<>();
        List<Rule> rules = new ArrayList<>();
        int[] placeOfJob = new int[plan.size()];
        for (int job : plan.jobs()) {
            Rule rule = plan.job(job).rule();
            Integer known = places.putIfAbsent(rule.name(), rules.size());
            placeOfJob[job] = known == null ? rules.size() : known;
            if (known == null) {
                rules.add(rule);
            }
        }
        List<SequencedSet<Integer>> needs = new ArrayList<>();
        rules.forEach(rule -> needs.add(new LinkedHashSet<>()));
        for (int job : plan.jobs()) {
            for (int needed : JobGraph.needs(plan, job)) {
                needs.get(placeOfJob[job]).add(placeOfJob[needed]);
            }
        }
        return new RuleGraph(rules, edges(needs));
    }

    private static List<GraphText.Edge> edges(List<SequencedSet<Integer>> needs) {
        List<GraphText.Edge> edges = new ArrayList<>();
        for (int by = 0; by < needs.size(); by++) {
            for (int needed : needs.get(by)) {
                edges.add(new GraphText.Edge(needed, by));
            }
        }
        return edges;
    }

    List<GraphText.Node> nodes() {
        return rules.stream()
                .map(rule -> new GraphText.Node(rule.name(), List.of(rule.name()), true))
                .toList();
    }

    List<FileGraphText.Table> tables() {
        return rules.stream()
                .map(
                        rule ->
                                new FileGraphText.Table(
                                        rule.name(), files(rule.input()), files(rule.output())))
                .toList();
    }

    private static List<String> files(NamedList<Item> items) {
        return items.items().stream()
                .map(
                        item ->
                                switch (item) {
                                    case Item.Path path -> path.text();
                                    case Item.Function function -> "<input function>";
                                })
                .toList();
    }
}
