package dev.sluice.app.runs;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows with their columns under each other; the last column takes what is left of the line, and one
 * in which nothing stands takes nothing.
 */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines, each behind {@code indent} and none wider than the screen. */
    List<String> lines(String indent, Screen screen) {
        int[] widths = widths();
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                if (widths[i] == 0) {
                    continue;
                }
                String cell = row.get(i);
                line.append(cell);
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths[i] - cell.length())).append(GAP);
                }
            }
            lines.add(screen.cut(line.toString().stripTrailing()));
        }
        return lines;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
