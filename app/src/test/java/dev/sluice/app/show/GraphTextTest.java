package dev.sluice.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.show.GraphText.Edge;
import dev.sluice.app.show.GraphText.Node;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

final class GraphTextTest {
    private static final List<String> RULES = List.of("map", "all", "call");
    private static final List<Node> NODES =
            List.of(
                    new Node("all", List.of("all"), true),
                    new Node("call", List.of("call"), true),
                    new Node("map", List.of("map", "lane: 1", "sample: A"), false));
    private static final List<Edge> EDGES = List.of(new Edge(1, 0), new Edge(2, 1));

    @Test
    void drawsDot() {
        assertThat(GraphText.dot(RULES, NODES, EDGES))
                .isEqualTo(
                        """
                        digraph snakemake_dag {
                            graph[bgcolor=white, margin=0];
                            node[shape=box, style=rounded, fontname=sans, fontsize=10, penwidth=2];
                            edge[penwidth=2, color=grey];
                        \t0[label = "all", color = "0.00 0.6 0.85", style="rounded"];
                        \t1[label = "call", color = "0.22 0.6 0.85", style="rounded"];
                        \t2[label = "map\\nlane: 1\\nsample: A", color = "0.44 0.6 0.85", style="rounded,dashed"];
                        \t1 -> 0
                        \t2 -> 1
                        }
                        """);
    }

    @Test
    void drawsMermaid() {
        assertThat(GraphText.mermaid(RULES, NODES, EDGES))
                .isEqualTo(
                        """
                        ---
                        title: DAG
                        ---
                        flowchart TB
                        \tid0[all]
                        \tid1[call]
                        \tid2[map - lane: 1 - sample: A]
                        \tstyle id0 fill:#D95757,stroke-width:2px,color:#333333
                        \tstyle id1 fill:#ADD957,stroke-width:2px,color:#333333
                        \tstyle id2 fill:#57D9AD,stroke-width:2px,color:#333333,stroke-dasharray: 5 5
                        \tid1 --> id0
                        \tid2 --> id1
                        """);
    }

    @Test
    void keepsAQuoteInAWildcardFromEndingALabel() {
        var node = new Node("all", List.of("all", "x: a\"b\\c"), true);
        assertThat(GraphText.dot(List.of("all"), List.of(node), List.of()))
                .contains("label = \"all\\nx: a\\\"b\\\\c\"");
    }

    /** The table was made by Python's colorsys, with Snakemake's spread of hues. */
    @Test
    void givesRulesTheColoursThatPythonGivesThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : resource("colours.txt").lines().toList()) {
            List<String> words = List.of(line.split(" "));
            int count = Integer.parseInt(words.get(0));
            int index = Integer.parseInt(words.get(1));
            List<String> rules =
                    IntStream.range(0, count)
                            .mapToObj(i -> String.format(Locale.ROOT, "r%04d", i))
                            .toList();
            String rule = rules.get(index);
            String hex = GraphText.colour(rules, rule);
            String dot =
                    GraphText.dot(rules, List.of(new Node(rule, List.of(rule), true)), List.of());
            if (!hex.equals(words.get(2)) || !dot.contains("\"" + words.get(3) + " 0.6 0.85\"")) {
                wrong.add(line + ": here " + hex);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (var file = GraphTextTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
