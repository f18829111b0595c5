package dev.sluice.app.show;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A graph of jobs or rules as graphviz's dot or as Mermaid, in the look that Snakemake 9.25.2 gives
 * them: one colour a rule, dashed where nothing has to be done.
 */
public final class GraphText {
    private static final double SATURATION = 0.6;
    private static final double BRIGHTNESS = 0.85;

    /** How each graph in dot begins. */
    static final String HEAD =
            """
            digraph snakemake_dag {
                graph[bgcolor=white, margin=0];
                node[shape=box, style=rounded, fontname=sans, fontsize=10, penwidth=2];
                edge[penwidth=2, color=grey];
            """;

    private GraphText() {}

    /**
     * A node.
     *
     * @param labels the rule's name, then one text per wildcard
     * @param runs false: dashed
     */
    public record Node(String rule, List<String> labels, boolean runs) {}

    /** From the node that is needed to the one that needs it, by their places in the list. */
    public record Edge(int needed, int by) {}

    /**
     * {@code rules}: all rules of the workflow, since each has its colour by its place among all of
     * them.
     */
    public static String dot(List<String> rules, List<Node> nodes, List<Edge> edges) {
        List<String> sorted = List.copyOf(new TreeSet<>(rules));
        var text = new StringBuilder(HEAD);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "\t%d[label = \"%s\", color = \"%s %s %s\", style=\"%s\"];\n",
                            i,
                            escaped(String.join("\n", node.labels())),
                            hundredths(hue(sorted, node.rule())),
                            SATURATION,
                            BRIGHTNESS,
                            node.runs() ? "rounded" : "rounded,dashed"));
        }
        for (Edge edge : edges) {
            text.append('\t').append(edge.needed()).append(" -> ").append(edge.by()).append('\n');
        }
        return text.append("}\n").toString();
    }

    public static String mermaid(List<String> rules, List<Node> nodes, List<Edge> edges) {
        List<String> sorted = List.copyOf(new TreeSet<>(rules));
        var text = new StringBuilder("---\ntitle: DAG\n---\nflowchart TB\n");
        IntStream.range(0, nodes.size())
                .forEach(
                        i ->
                                text.append("\tid")
                                        .append(i)
                                        .append('[')
                                        .append(String.join(" - ", nodes.get(i).labels()))
                                        .append("]\n"));
        for (int i = 0; i < nodes.size(); i++) {
            text.append("\tstyle id")
                    .append(i)
                    .append(" fill:")
                    .append(hex(hue(sorted, nodes.get(i).rule())));
            text.append(",stroke-width:2px,color:#333333");
            text.append(nodes.get(i).runs() ? "\n" : ",stroke-dasharray: 5 5\n");
        }
        for (Edge edge : edges) {
            text.append("\tid")
                    .append(edge.needed())
                    .append(" --> id")
                    .append(edge.by())
                    .append('\n');
        }
        return text.toString();
    }

    /** Evenly over two thirds of the circle, rules by name. */
    private static double hue(List<String> sorted, String rule) {
        double step = 2.0 / (3 * sorted.size());
        return Math.max(0, Collections.binarySearch(sorted, rule)) * step;
    }

    static String colour(List<String> rules, String rule) {
        return hex(hue(List.copyOf(new TreeSet<>(rules)), rule));
    }

    private static String hex(double hue) {
        double sixth = hue * 6;
        int sector = (int) sixth;
        double part = sixth - sector;
        double low = BRIGHTNESS * (1 - SATURATION);
        double falling = BRIGHTNESS * (1 - SATURATION * part);
        double rising = BRIGHTNESS * (1 - SATURATION * (1 - part));
        double[] rgb =
                switch (sector % 6) {
                    case 0 -> new double[] {BRIGHTNESS, rising, low};
                    case 1 -> new double[] {falling, BRIGHTNESS, low};
                    case 2 -> new double[] {low, BRIGHTNESS, rising};
                    case 3 -> new double[] {low, falling, BRIGHTNESS};
                    case 4 -> new double[] {rising, low, BRIGHTNESS};
                    default -> new double[] {BRIGHTNESS, low, falling};
                };
        return String.format(
                Locale.ROOT, "#%02X%02X%02X", byteOf(rgb[0]), byteOf(rgb[1]), byteOf(rgb[2]));
    }

    /** Rounded as Python rounds: the exact value, a half to the even side. */
    private static String hundredths(double hue) {
        return new BigDecimal(hue).setScale(2, RoundingMode.HALF_EVEN).toString();
    }

    private static int byteOf(double part) {
        return (int) Math.rint(part * 255);
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
