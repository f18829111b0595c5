package dev.sluice.engine.plan;

import org.jgrapht.Graph;
import org.jgrapht.alg.TransitiveReduction;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of a plan and which needs which; a rule that needs itself has no edge for that.
 *
 * @param rules names, in the order in which the plan first uses them
 * @param edges pairs of places in {@code rules}
 */
public record RuleGraph(List<String> rules, List<Edge> edges) {
    /** {@code needed} makes what {@code user} takes. */
    public record Edge(int needed, int user) {}

    public RuleGraph {
        rules = List.copyOf(rules);
        edges = List.copyOf(edges);
    }

    static RuleGraph of(PlanColumns columns) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int job = 0; job < columns.size(); job++) {
            if (columns.exists(job)) {
                places.putIfAbsent(columns.ruleOf(job).name(), places.size());
            }
        }
        Map<Edge, Boolean> edges = new LinkedHashMap<>();
        for (int job = 0; job < columns.size(); job++) {
            if (!columns.exists(job)) {
                continue;
            }
            int user = places.getOrDefault(columns.ruleOf(job).name(), -1);
            for (int needed : columns.needs().of(job)) {
                int maker = places.getOrDefault(columns.ruleOf(needed).name(), -1);
                if (maker != user) {
                    edges.put(new Edge(maker, user), true);
                }
            }
        }
        return new RuleGraph(List.copyOf(places.keySet()), List.copyOf(edges.keySet()));
    }

    /**
     * Without edges that a longer way says already; the same graph where rules need each other in
     * circles.
     */
    public RuleGraph reduced() {
        Graph<Integer, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
        for (int rule = 0; rule < rules.size(); rule++) {
            graph.addVertex(rule);
        }
        edges.forEach(edge -> graph.addEdge(edge.needed(), edge.user()));
        if (new CycleDetector<>(graph).detectCycles()) {
            return this;
        }
        TransitiveReduction.INSTANCE.reduce(graph);
        List<Edge> kept = new ArrayList<>();
        for (Edge edge : edges) {
            if (graph.containsEdge(edge.needed(), edge.user())) {
                kept.add(edge);
            }
        }
        return new RuleGraph(rules, kept);
    }

    /**
     * By rule: its layer for drawing, 0 for those that need no other; rules in a circle share the
     * last they reached.
     */
    public List<Integer> layers() {
        int[] layer = new int[rules.size()];
        boolean changed = true;
        for (int round = 0; changed && round < rules.size(); round++) {
            changed = false;
            for (Edge edge : edges) {
                if (layer[edge.user()] <= layer[edge.needed()]) {
                    layer[edge.user()] = layer[edge.needed()] + 1;
                    changed = true;
                }
            }
        }
        List<Integer> layers = new ArrayList<>();
        for (int value : layer) {
            layers.add(Math.min(value, rules.size()));
        }
        return layers;
    }
}
