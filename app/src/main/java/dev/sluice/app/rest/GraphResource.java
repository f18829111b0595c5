package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.List;

/** The rules of a run as a drawing, and the jobs around a job. */
final class GraphResource {
    private static final int MOST_NODES = 300;
    private static final int MOST_HOPS = 5;

    private final Looking looking;
    private final GraphLayout layout;

    GraphResource(Looking looking, GraphLayout layout) {
        this.looking = looking;
        this.layout = layout;
    }

    Answer rules(Request request) {
        RuleGraph graph = looking.at(request, seen -> RuleGraph.of(seen.rows(), MOST_NODES));
        List<GraphLayout.Box> boxes = graph.rules().stream().map(GraphLayout.Box::of).toList();
        var shape = new GraphLayout.Shape(boxes, graph.edges());
        GraphLayout.Drawing drawing = layout.of(shape);
        return Answer.object(
                json -> {
                    size(json, drawing);
                    json.writeArrayFieldStart("nodes");
                    for (int at = 0; at < boxes.size(); at++) {
                        json.writeStartObject();
                        json.writeStringField("rule", graph.rules().get(at));
                        place(json, drawing.places().get(at), boxes.get(at));
                        json.writeNumberField("total", graph.totals().get(at));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    edges(
                            json,
                            shape,
                            drawing,
                            (out, at) -> out.writeString(graph.rules().get(at)));
                    json.writeBooleanField("truncated", graph.truncated());
                });
    }

    Answer neighbours(Request request) {
        int hops = request.query().count("hops", 1, 1, MOST_HOPS);
        Around around = looking.at(request, seen -> around(seen, request, hops));
        var shape =
                new GraphLayout.Shape(
                        around.jobs().stream().map(job -> GraphLayout.Box.of(job.title())).toList(),
                        around.edges());
        GraphLayout.Drawing drawing = layout.of(shape);
        return Answer.object(
                json -> {
                    size(json, drawing);
                    json.writeArrayFieldStart("nodes");
                    for (int at = 0; at < around.jobs().size(); at++) {
                        json.writeStartObject();
                        around.jobs().get(at).write(json);
                        place(json, drawing.places().get(at), shape.nodes().get(at));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    List<JobName> jobs = around.jobs();
                    edges(json, shape, drawing, (out, at) -> out.writeNumber(jobs.get(at).row()));
                    json.writeBooleanField("truncated", around.truncated());
                });
    }

    /** Jobs with the edges between them. */
    private record Around(List<JobName> jobs, List<GraphLayout.Edge> edges, boolean truncated) {}

    private static Around around(Looking.Seen seen, Request request, int hops) {
        JobRows rows = seen.rows();
        int row = JobName.row(rows, request);
        Neighbours found = Neighbours.of(rows, row, hops, MOST_NODES);
        return new Around(
                found.rows().stream().map(each -> JobName.of(rows, each)).toList(),
                found.edges(),
                found.truncated());
    }

    private static void size(JsonGenerator json, GraphLayout.Drawing drawing) throws IOException {
        json.writeNumberField("width", drawing.width());
        json.writeNumberField("height", drawing.height());
    }

    private static void place(JsonGenerator json, GraphLayout.Point at, GraphLayout.Box box)
            throws IOException {
        json.writeNumberField("x", at.x());
        json.writeNumberField("y", at.y());
        json.writeNumberField("width", box.width());
        json.writeNumberField("height", box.height());
    }

    /** How an end of an edge is named. */
    @FunctionalInterface
    private interface Name {
        void write(JsonGenerator json, int at) throws IOException;
    }

    private static void edges(
            JsonGenerator json, GraphLayout.Shape shape, GraphLayout.Drawing drawing, Name name)
            throws IOException {
        json.writeArrayFieldStart("edges");
        for (int at = 0; at < shape.edges().size(); at++) {
            json.writeStartObject();
            json.writeFieldName("from");
            name.write(json, shape.edges().get(at).from());
            json.writeFieldName("to");
            name.write(json, shape.edges().get(at).to());
            json.writeArrayFieldStart("points");
            for (GraphLayout.Point point : drawing.lines().get(at)) {
                json.writeStartArray();
                json.writeNumber(point.x());
                json.writeNumber(point.y());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
