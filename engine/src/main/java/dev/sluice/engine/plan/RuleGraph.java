package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Rule;

import org.jgrapht.Graph;
import org.jgrapht.alg.TransitiveReduction;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/**
 * The rules of a plan's jobs and which needs which. Small where the plan is large, so that it can
 * be drawn; never the jobs themselves. Rules may need each other in circles where no job does.
 *
 * @param rules in the order of their first jobs
 * @param edges by user in the order of {@code rules}, then in the order in which its jobs name what
 *     they need; a rule whose jobs need each other has an edge to itself
 */
public record RuleGraph(List<Rule> rules, List<Edge> edges) {
    /** {@code needed} makes what {@code user} takes; places in {@code rules}. */
    public record Edge(int needed, int user) {}

    public RuleGraph {
        rules = List.copyOf(rules);
        edges = List.copyOf(edges);
    }

    public static RuleGraph of(Plan plan) {
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Rule> rules = new ArrayList<>();
        for (int job : plan.jobs()) {
            Rule rule = plan.columns().ruleOf(job);
            if (places.putIfAbsent(rule.name(), rules.size()) == null) {
                rules.add(rule);
            }
        }
        List<SequencedSet<Integer>> needs = new ArrayList<>();
        rules.forEach(rule -> needs.add(new LinkedHashSet<>()));
        for (int job : plan.jobs()) {
            SequencedSet<Integer> needed = needs.get(place(places, plan, job));
            for (int producer : plan.needsInOrder(job)) {
                needed.add(place(places, plan, producer));
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (int user = 0; user < rules.size(); user++) {
            for (int needed : needs.get(user)) {
                edges.add(new Edge(needed, user));
            }
        }
        return new RuleGraph(rules, edges);
    }

    private static int place(Map<String, Integer> places, Plan plan, int job) {
        return places.getOrDefault(plan.columns().ruleOf(job).name(), -1);
    }

    /**
     * Without edges that a longer way says already. Inside a circle of rules all edges stay: none
     * of them is longer than the others.
     */
    public RuleGraph reduced() {
        Circles circles = circles();
        TransitiveReduction.INSTANCE.reduce(circles.between());
        List<Edge> kept = new ArrayList<>();
        for (Edge edge : edges) {
            int needed = circles.of()[edge.needed()];
            int user = circles.of()[edge.user()];
            if (needed == user || circles.between().containsEdge(needed, user)) {
                kept.add(edge);
            }
        }
        return new RuleGraph(rules, kept);
    }

    /**
     * By rule: its layer for drawing, 0 for those that need no other, else one more than the last
     * that it needs. Rules in a circle share a layer.
     */
    public List<Integer> layers() {
        Circles circles = circles();
        int[] layer = new int[circles.between().vertexSet().size()];
        new TopologicalOrderIterator<>(circles.between())
                .forEachRemaining(
                        circle -> {
                            for (DefaultEdge edge : circles.between().outgoingEdgesOf(circle)) {
                                int user = circles.between().getEdgeTarget(edge);
                                layer[user] = Math.max(layer[user], layer[circle] + 1);
                            }
                        });
        List<Integer> layers = new ArrayList<>();
        for (int circle : circles.of()) {
            layers.add(layer[circle]);
        }
        return layers;
    }

    /**
     * Rules that need each other taken as one.
     *
     * @param of by rule: the number of its circle; most rules are alone in theirs
     * @param between which circle needs which
     */
    @SuppressWarnings("ArrayRecordComponent") // Lives as long as one call.
    private record Circles(int[] of, Graph<Integer, DefaultEdge> between) {}

    private Circles circles() {
        Graph<Integer, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
        for (int rule = 0; rule < rules.size(); rule++) {
            graph.addVertex(rule);
        }
        edges.forEach(edge -> graph.addEdge(edge.needed(), edge.user()));
        List<Set<Integer>> sets =
                new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets();
        int[] of = new int[rules.size()];
        Graph<Integer, DefaultEdge> between = new SimpleDirectedGraph<>(DefaultEdge.class);
        for (int circle = 0; circle < sets.size(); circle++) {
            between.addVertex(circle);
            for (int rule : sets.get(circle)) {
                of[rule] = circle;
            }
        }
        for (Edge edge : edges) {
            if (of[edge.needed()] != of[edge.user()]) {
                between.addEdge(of[edge.needed()], of[edge.user()]);
            }
        }
        return new Circles(of, between);
    }
}
