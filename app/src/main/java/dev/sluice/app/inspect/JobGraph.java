package dev.sluice.app.inspect;

import dev.sluice.app.show.GraphText;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of jobs. Jobs are in the order of the plan, the edges of each in the order in which it
 * names its inputs.
 */
record JobGraph(List<GraphText.Node> nodes, List<GraphText.Edge> edges) {

    static JobGraph of(Plan plan) {
        List<Integer> jobs = plan.jobs();
        int[] places = new int[plan.size()];
        for (int i = 0; i < jobs.size(); i++) {
            places[jobs.get(i)] = i;
        }
        List<GraphText.Node> nodes = new ArrayList<>();
        List<GraphText.Edge> edges = new ArrayList<>();
        for (int job : jobs) {
            nodes.add(node(plan, job));
            for (int needed : plan.needsInOrder(job)) {
                edges.add(new GraphText.Edge(places[needed], places[job]));
            }
        }
        return new JobGraph(nodes, edges);
    }

    private static GraphText.Node node(Plan plan, int job) {
        PlannedJob planned = plan.job(job);
        List<String> labels = new ArrayList<>(newWildcards(plan, planned));
        labels.sort(null);
        labels.addFirst(planned.rule().name());
        return new GraphText.Node(planned.rule().name(), labels, plan.runs(job));
    }

    /**
     * Wildcards whose value is in none of the jobs that this one needs; the others would only
     * repeat theirs.
     */
    private static List<String> newWildcards(Plan plan, PlannedJob job) {
        Map<String, String> wildcards = new LinkedHashMap<>(job.wildcards().toMap());
        for (int needed : plan.needs(job.id())) {
            if (wildcards.isEmpty()) {
                break;
            }
            Wildcards theirs = plan.job(needed).wildcards();
            wildcards
                    .entrySet()
                    .removeIf(mine -> mine.getValue().equals(theirs.get(mine.getKey())));
        }
        return wildcards.entrySet().stream()
                .map(wildcard -> wildcard.getKey() + ": " + wildcard.getValue())
                .toList();
    }
}
