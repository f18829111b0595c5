package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Writes what {@code benchmark:} asks for, in Snakemake's columns: one row for each repetition. */
final class Benchmarks {
    private static final Value NOT_KNOWN = new Value.Text("NA");

    private Benchmarks() {}

    /** What {@code --benchmark-extended} adds. */
    record About(
            int jobId,
            String rule,
            Value wildcards,
            Value params,
            int threads,
            Value resources,
            Value inputMebibytes) {}

    static void write(Path file, List<AttemptReport> ends, @Nullable About about)
            throws IOException {
        boolean json = file.toString().endsWith(".jsonl");
        StringBuilder text = new StringBuilder();
        for (AttemptReport report : ends) {
            if (report instanceof AttemptReport.Ended end) {
                SequencedMap<String, Value> row = row(end, about);
                if (!json && text.isEmpty()) {
                    text.append(String.join("\t", row.keySet())).append('\n');
                }
                text.append(json ? BenchmarkJson.of(row) : tsv(row)).append('\n');
            }
        }
        Files.writeString(file, text);
    }

    private static SequencedMap<String, Value> row(AttemptReport.Ended end, @Nullable About about) {
        double seconds = Math.max(0.0001, (end.endMillis() - end.startMillis()) / 1000.0);
        double cpu = end.usage().userSeconds() + end.usage().systemSeconds();
        double rss = end.usage().maxRssKiB() / 1024.0;
        AttemptReport.Samples seen = end.samples();
        SequencedMap<String, Value> row = new LinkedHashMap<>();
        row.put("s", new Value.Real(seconds));
        row.put("h:m:s", new Value.Text(clock((long) seconds)));
        row.put("max_rss", new Value.Real(Math.max(seen == null ? 0 : seen.maxRss(), rss)));
        row.put("max_vms", seen == null ? NOT_KNOWN : new Value.Real(seen.maxVms()));
        row.put("max_uss", seen == null ? NOT_KNOWN : new Value.Real(seen.maxUss()));
        row.put("max_pss", seen == null ? NOT_KNOWN : new Value.Real(seen.maxPss()));
        row.put("io_in", seen == null ? NOT_KNOWN : new Value.Real(seen.ioIn()));
        row.put("io_out", seen == null ? NOT_KNOWN : new Value.Real(seen.ioOut()));
        row.put("mean_load", new Value.Real(100 * cpu / seconds));
        row.put("cpu_time", new Value.Real(cpu));
        if (about != null) {
            row.put("jobid", new Value.Int(about.jobId()));
            row.put("rule_name", new Value.Text(about.rule()));
            row.put("wildcards", about.wildcards());
            row.put("params", about.params());
            row.put("threads", new Value.Int(about.threads()));
            // Percent times seconds: the load over the whole time.
            row.put("cpu_usage", new Value.Real(100 * cpu));
            row.put("resources", about.resources());
            row.put("input_size_mb", about.inputMebibytes());
        }
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

    private static String tsv(SequencedMap<String, Value> row) {
        List<String> cells = new ArrayList<>();
        for (Value value : row.values()) {
            cells.add(
                    value instanceof Value.Real(double number)
                            ? String.format(Locale.ROOT, "%.2f", number)
                            : PythonRepr.str(value));
        }
        return String.join("\t", cells);
    }
}
