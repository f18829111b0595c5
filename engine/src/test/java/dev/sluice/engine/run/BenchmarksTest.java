package dev.sluice.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class BenchmarksTest {
    @TempDir Path folder;

    private static AttemptReport end(long millis, AttemptReport.@Nullable Samples samples) {
        return new AttemptReport.Ended(
                "a-1",
                new Exit.Code(0),
                1000,
                1000 + millis,
                new AttemptReport.Usage(1.5, 0.5, 2048),
                0,
                samples);
    }

    @Test
    void writesARowForEachRepetition() throws IOException {
        Path file = folder.resolve("b.tsv");
        var samples = new AttemptReport.Samples(1, 8, 3, 4, 5, 6);
        Benchmarks.write(file, List.of(end(4000, samples), end(3_723_000, null)), null);
        assertEquals(
                """
                s\th:m:s\tmax_rss\tmax_vms\tmax_uss\tmax_pss\tio_in\tio_out\tmean_load\tcpu_time
                4.00\t0:00:04\t2.00\t8.00\t3.00\t4.00\t5.00\t6.00\t50.00\t2.00
                3723.00\t1:02:03\t2.00\tNA\tNA\tNA\tNA\tNA\t0.05\t2.00
                """,
                Files.readString(file));
    }

    @Test
    void writesJsonLinesWhereTheNameSaysSo() throws IOException {
        Path file = folder.resolve("b.jsonl");
        Benchmarks.write(file, List.of(end(500, null)), null);
        assertEquals(
                "{\"cpu_time\": 2.0, \"h:m:s\": \"0:00:00\", \"io_in\": \"NA\", \"io_out\": \"NA\","
                    + " \"max_pss\": \"NA\", \"max_rss\": 2.0, \"max_uss\": \"NA\", \"max_vms\":"
                    + " \"NA\", \"mean_load\": 400.0, \"s\": 0.5}\n",
                Files.readString(file));
    }

    @Test
    void tellsMoreOfTheJobWhereThatIsWanted() throws IOException {
        Value nothing = new Value.MapOf(List.of());
        Value wildcards =
                new Value.MapOf(List.of(new Value.Entry(new Value.Text("x"), new Value.Text("1"))));
        Value params =
                new Value.MapOf(
                        List.of(
                                new Value.Entry(
                                        new Value.Text("p"),
                                        new Value.ListOf(List.of(new Value.Bool(true))))));
        var about = new Benchmarks.About(3, "a", wildcards, params, 2, nothing, nothing);
        Path tsv = folder.resolve("b.tsv");
        Benchmarks.write(tsv, List.of(end(4000, null)), about);
        List<String> lines = Files.readAllLines(tsv);
        assertTrue(
                lines.getFirst()
                        .endsWith(
                                "cpu_time\tjobid\trule_name\twildcards\tparams\tthreads\tcpu_usage"
                                        + "\tresources\tinput_size_mb"));
        assertTrue(
                lines.getLast().endsWith("\t3\ta\t{'x': '1'}\t{'p': [True]}\t2\t200.00\t{}\t{}"),
                lines.getLast());
        Path json = folder.resolve("b.jsonl");
        Benchmarks.write(json, List.of(end(4000, null)), about);
        assertTrue(Files.readString(json).contains("\"params\": {\"p\": [true]}"));
    }
}
