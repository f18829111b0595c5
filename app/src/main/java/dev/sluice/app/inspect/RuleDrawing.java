package dev.sluice.app.inspect;

import dev.sluice.app.show.FileGraphText;
import dev.sluice.app.show.GraphText;
import dev.sluice.engine.plan.RuleGraph;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.NamedList;

import java.util.List;

/** A graph of rules as what is drawn of it. */
record RuleDrawing(RuleGraph graph) {
    List<GraphText.Node> nodes() {
        return graph.rules().stream()
                .map(rule -> new GraphText.Node(rule.name(), List.of(rule.name()), true))
                .toList();
    }

    List<GraphText.Edge> edges() {
        return graph.edges().stream()
                .map(edge -> new GraphText.Edge(edge.needed(), edge.user()))
                .toList();
    }

    List<FileGraphText.Table> tables() {
        return graph.rules().stream()
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
