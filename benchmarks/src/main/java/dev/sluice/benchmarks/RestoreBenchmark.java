package dev.sluice.benchmarks;

import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.Scheduler;
import dev.sluice.engine.schedule.SchedulerSettings;
import dev.sluice.engine.schedule.TaskCounts;
import dev.sluice.engine.view.RunCounts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A run of so many facts taken up again, by an engine that never read a fact before: the journal is
 * read and its facts are applied to a scheduler whose plan has all the tasks still, which is the
 * most work that there can be.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class RestoreBenchmark {
    @Param({"100000", "1000000"})
    public int facts;

    private Path workdir = Path.of(".");
    private Path journal = Path.of(".");

    @Setup(Level.Trial)
    public void write() throws IOException {
        workdir = Files.createTempDirectory("restore-benchmark");
        journal = RunFolder.create(workdir, InstantSource.system()).journal();
        try (Journal written = Journal.create(journal, InstantSource.system())) {
            for (int job = 0; job < facts / MadeUpFacts.A_JOB; job++) {
                written.append(MadeUpFacts.of(job));
            }
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        try (var paths = Files.walk(workdir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    public TaskCounts restore(CpuTime cpu) {
        var workload = new MadeUpWorkload(facts / MadeUpFacts.A_JOB, 1);
        var scheduler = new Scheduler(workload, SchedulerSettings.of(Limits.cores(16), false));
        var counts = new RunCounts();
        JournalReader.read(
                journal,
                0,
                entry -> {
                    scheduler.apply(entry.fact());
                    counts.apply(entry.fact());
                });
        scheduler.apply(new Fact.PlanMade(workload.taskCount(), new LinkedHashMap<>()));
        return scheduler.counts();
    }
}
