package dev.sluice.app.show;

import dev.sluice.engine.plan.Plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How many jobs of each rule run, in the order in which they could, and in all: the table
 * Snakemake's users know.
 */
public final class StatsTable {
    private StatsTable() {}

    /**
     * Rules by the layer in which they first run, within a layer by name, with the number of their
     * jobs.
     */
    static SequencedMap<String, Integer> counts(Plan plan) {
        var counts = new LinkedHashMap<String, Integer>();
        for (List<Integer> layer : plan.layers()) {
            layer.stream()
                    .map(job -> plan.job(job).rule().name())
                    .sorted()
                    .forEach(rule -> counts.merge(rule, 1, Integer::sum));
        }
        return counts;
    }

    static String of(Plan plan) {
        return of(counts(plan), plan.count());
    }

    /** The table of these counts, with a line for the total. */
    public static String of(SequencedMap<String, Integer> byRule, int total) {
        var counts = new LinkedHashMap<>(byRule);
        counts.put("total", total);
        int left = counts.keySet().stream().mapToInt(String::length).max().orElse(3);
        left = Math.max(left, 3);
        int right = Math.max(7, String.valueOf(total).length());
        var text = new StringBuilder("Job stats:\n");
        text.append(row("job", "count", left, right));
        text.append("-".repeat(left)).append("  ").append("-".repeat(right)).append('\n');
        for (var entry : counts.entrySet()) {
            text.append(row(entry.getKey(), String.valueOf(entry.getValue()), left, right));
        }
        return text.toString();
    }

    private static String row(String rule, String count, int left, int right) {
        return rule + " ".repeat(left - rule.length() + 2 + right - count.length()) + count + "\n";
    }
}
