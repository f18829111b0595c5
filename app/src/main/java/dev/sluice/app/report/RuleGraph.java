package dev.sluice.app.report;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules of a run as a drawing; of very many, those with the most jobs. */
final class RuleGraph {
    private static final int MOST = 300;

    private final List<String> names;
    private final List<Integer> totals;
    private final Set<RuleLayers.Edge> edges;
    private final boolean truncated;

    private RuleGraph(
            List<String> names,
            List<Integer> totals,
            Set<RuleLayers.Edge> edges,
            boolean truncated) {
        this.names = names;
        this.totals = totals;
        this.edges = edges;
        this.truncated = truncated;
    }

    static RuleGraph of(ReportedRun run) {
        List<String> rules = run.jobs().rules();
        int[] totals = new int[rules.size()];
        for (int row = 0; row < run.jobs().rows(); row++) {
            totals[run.jobs().ruleIndex(row)]++;
        }
        var shown = new ArrayList<Integer>();
        for (int rule = 0; rule < totals.length; rule++) {
            if (totals[rule] > 0) {
                shown.add(rule);
            }
        }
        boolean truncated = shown.size() > MOST;
        shown.sort(Comparator.comparingInt(rule -> -totals[rule]));
        List<Integer> kept =
                shown.subList(0, Math.min(MOST, shown.size())).stream().sorted().toList();
        int[] places = new int[totals.length];
        Arrays.fill(places, -1);
        for (int at = 0; at < kept.size(); at++) {
            places[kept.get(at)] = at;
        }
        return new RuleGraph(
                kept.stream().map(rules::get).toList(),
                kept.stream().map(rule -> totals[rule]).toList(),
                edges(run, places),
                truncated);
    }

    private static Set<RuleLayers.Edge> edges(ReportedRun run, int[] places) {
        var edges = new LinkedHashSet<RuleLayers.Edge>();
        for (int row = 0; row < run.jobs().planRows(); row++) {
            int to = places[run.jobs().ruleIndex(row)];
            for (int need : run.plan().needs(row)) {
                int from = need < run.jobs().planRows() ? places[run.jobs().ruleIndex(need)] : -1;
                if (from >= 0 && to >= 0 && from != to) {
                    edges.add(new RuleLayers.Edge(from, to));
                }
            }
        }
        return edges;
    }

    void write(JsonGenerator json) throws IOException {
        RuleLayers.Drawing drawing = RuleLayers.draw(names, edges);
        json.writeStartObject();
        json.writeNumberField("width", drawing.width());
        json.writeNumberField("height", drawing.height());
        json.writeArrayFieldStart("nodes");
        for (int at = 0; at < names.size(); at++) {
            RuleLayers.Box box = drawing.boxes().get(at);
            json.writeStartObject();
            json.writeStringField("rule", names.get(at));
            json.writeNumberField("x", box.x());
            json.writeNumberField("y", box.y());
            json.writeNumberField("width", box.width());
            json.writeNumberField("height", box.height());
            json.writeNumberField("total", totals.get(at));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        List<RuleLayers.Edge> all = List.copyOf(edges);
        for (int at = 0; at < all.size(); at++) {
            json.writeStartObject();
            json.writeStringField("from", names.get(all.get(at).from()));
            json.writeStringField("to", names.get(all.get(at).to()));
            json.writeArrayFieldStart("points");
            for (RuleLayers.Point point : drawing.lines().get(at)) {
                json.writeStartArray();
                json.writeNumber(point.x());
                json.writeNumber(point.y());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("truncated", truncated);
        json.writeEndObject();
    }
}
