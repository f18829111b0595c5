package dev.sluice.app.show;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A graph of rules with the files they name, as graphviz's dot: one table a rule, in the look that
 * Snakemake 9.25.2 gives them.
 */
public final class FileGraphText {
    private FileGraphText() {}

    /** A rule with its file patterns as declared; functions are named in angle brackets. */
    public record Table(String rule, List<String> inputs, List<String> outputs) {
        public Table {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * {@code rules}: all rules of the workflow, since each has its colour by its place among all of
     * them.
     */
    public static String dot(List<String> rules, List<Table> tables, List<GraphText.Edge> edges) {
        var text = new StringBuilder(GraphText.HEAD);
        for (int i = 0; i < tables.size(); i++) {
            table(text, i, tables.get(i), GraphText.colour(rules, tables.get(i).rule()));
        }
        for (GraphText.Edge edge : edges) {
            text.append('\t').append(edge.needed()).append(" -> ").append(edge.by()).append('\n');
        }
        return text.append("}\n").toString();
    }

    private static void table(StringBuilder text, int id, Table table, String colour) {
        text.append(id).append(" [margin=0, shape=none, label=<\n<table cellspacing=\"3\"");
        text.append(" cellborder=\"0\" border=\"2\" color=\"").append(colour).append("\">\n");
        row(text, "", bold(18, escaped(table.rule())));
        text.append("<hr/>\n");
        row(text, "left", table.inputs().isEmpty() ? " " : bold(14, "&#8618; input"));
        files(text, table.inputs());
        text.append("<hr/>\n");
        row(text, "right", table.outputs().isEmpty() ? " " : bold(14, "output &rarr;"));
        files(text, table.outputs());
        text.append("</table>>]\n");
    }

    private static void row(StringBuilder text, String side, String cell) {
        String place = side.isEmpty() ? "" : " balign=\"" + side + "\" align=\"" + side + "\"";
        text.append("<tr><td").append(place).append('>').append(cell).append("</td></tr>\n");
    }

    private static String bold(int size, String words) {
        return "<b><font point-size=\"" + size + "\">" + words + "</font></b>";
    }

    /** One cell, a line for each file. */
    private static void files(StringBuilder text, List<String> files) {
        if (files.isEmpty()) {
            return;
        }
        String lines =
                files.stream()
                        .sorted()
                        .map(FileGraphText::escaped)
                        .collect(Collectors.joining("<br/>"));
        row(text, "left", "<font face=\"monospace\">" + lines + "</font>");
    }

    /** Graphviz reads its labels as HTML. */
    private static String escaped(String file) {
        return file.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#x27;");
    }
}
