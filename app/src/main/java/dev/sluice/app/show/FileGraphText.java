package dev.sluice.app.show;

import java.util.List;

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
        text.append(id).append(" [ shape=none, margin=0, label=<<table border=\"2\" color=\"");
        text.append(colour).append("\" cellspacing=\"3\" cellborder=\"0\">\n<tr><td>\n");
        text.append("<b><font point-size=\"18\">").append(escaped(table.rule()));
        text.append("</font></b>\n</td></tr>\n<hr/>\n");
        head(text, "left", table.inputs().isEmpty() ? "" : "&#8618; input");
        files(text, table.inputs());
        text.append("<hr/>\n");
        head(text, "right", table.outputs().isEmpty() ? "" : "output &rarr;");
        files(text, table.outputs());
        text.append("</table>>]\n");
    }

    private static void head(StringBuilder text, String side, String words) {
        text.append("<tr><td align=\"").append(side).append("\"> ");
        if (!words.isEmpty()) {
            text.append("<b><font point-size=\"14\">").append(words).append("</font></b>");
        }
        text.append(" </td></tr>\n");
    }

    private static void files(StringBuilder text, List<String> files) {
        files.stream()
                .sorted()
                .forEach(
                        file ->
                                text.append("<tr><td align=\"left\"><font face=\"monospace\">")
                                        .append(escaped(file))
                                        .append("</font></td></tr>\n"));
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
