package dev.sluice.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;

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
        Benchmarks.write(file, List.of(end(4000, samples), end(3_723_000, null)));
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
        Benchmarks.write(file, List.of(end(500, null)));
        assertEquals(
                "{\"cpu_time\": 2.0000, \"h:m:s\": \"0:00:00\", \"io_in\": \"NA\", \"io_out\":"
                    + " \"NA\", \"max_pss\": \"NA\", \"max_rss\": 2.0000, \"max_uss\": \"NA\","
                    + " \"max_vms\": \"NA\", \"mean_load\": 400.0000, \"s\": 0.5000}\n",
                Files.readString(file));
    }
}
