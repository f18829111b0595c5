package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what {@code benchmark:} asks for, in Snakemake's columns: one row for each repetition. */
final class Benchmarks {
    private static final List<String> COLUMNS =
            List.of(
                    "s",
                    "h:m:s",
                    "max_rss",
                    "max_vms",
                    "max_uss",
                    "max_pss",
                    "io_in",
                    "io_out",
                    "mean_load",
                    "cpu_time");

    private Benchmarks() {}

    static void write(Path file, List<AttemptReport> ends) throws IOException {
        boolean json = file.toString().endsWith(".jsonl");
        StringBuilder text = new StringBuilder();
        if (!json) {
            text.append(String.join("\t", COLUMNS)).append('\n');
        }
        for (AttemptReport report : ends) {
            if (report instanceof AttemptReport.Ended end) {
                List<@Nullable Object> row = row(end);
                text.append(json ? json(row) : tsv(row)).append('\n');
            }
        }
        Files.writeString(file, text);
    }

    private static List<@Nullable Object> row(AttemptReport.Ended end) {
        double seconds = Math.max(0.0001, (end.endMillis() - end.startMillis()) / 1000.0);
        double cpu = end.usage().userSeconds() + end.usage().systemSeconds();
        AttemptReport.Samples seen = end.samples();
        List<@Nullable Object> row = new ArrayList<>();
        row.add(seconds);
        row.add(clock((long) seconds));
        row.add(Math.max(seen == null ? 0 : seen.maxRss(), end.usage().maxRssKiB() / 1024.0));
        row.add(seen == null ? "NA" : (Object) seen.maxVms());
        row.add(seen == null ? "NA" : (Object) seen.maxUss());
        row.add(seen == null ? "NA" : (Object) seen.maxPss());
        row.add(seen == null ? "NA" : (Object) seen.ioIn());
        row.add(seen == null ? "NA" : (Object) seen.ioOut());
        row.add(100 * cpu / seconds);
        row.add(cpu);
        return row;
    }

    private static String clock(long seconds) {
        long days = seconds / 86400;
        String time =
                String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds % 86400 / 3600,
                        seconds % 3600 / 60,
                        seconds % 60);
        return days == 0 ? time : days + (days == 1 ? " day, " : " days, ") + time;
    }

    private static String tsv(List<@Nullable Object> row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            cells.add(
                    value instanceof Double number
                            ? String.format(Locale.ROOT, "%.2f", number)
                            : String.valueOf(value));
        }
        return String.join("\t", cells);
    }

    private static String json(List<@Nullable Object> row) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            String text =
                    value instanceof Double number
                            ? String.format(Locale.ROOT, "%.4f", number)
                            : "\"" + value + "\"";
            fields.add("\"" + COLUMNS.get(i) + "\": " + text);
        }
        fields.sort(null);
        return "{" + String.join(", ", fields) + "}";
    }
}
