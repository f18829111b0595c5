package dev.sluice.benchmarks;

import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Syncer;

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
import java.util.concurrent.TimeUnit;

/**
 * The journal of a run of so many jobs, five facts a job: written, read, and folded into
 * provenance.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 10)
@Fork(1)
public class JournalBenchmark {
    @Param({"100000"})
    public int jobs;

    private Path workdir = Path.of(".");
    private Path written = Path.of(".");

    @Setup(Level.Trial)
    public void write() throws IOException {
        workdir = Files.createTempDirectory("journal-benchmark");
        written = RunFolder.create(workdir, InstantSource.system()).journal();
        appendAll(written, false);
        Provenance.load(workdir).save();
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        try (var paths = Files.walk(workdir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** One batch a job and no sync; the facts are made on the way. */
    @Benchmark
    public long append(CpuTime cpu) throws IOException {
        return appendFresh(false);
    }

    /** A sync after each hundred jobs, which is waited for. */
    @Benchmark
    public long appendAndSync(CpuTime cpu) throws IOException {
        return appendFresh(true);
    }

    /** As a run does it: synced by another thread, and waited for at the end. */
    @Benchmark
    public long appendAndSyncBeside(CpuTime cpu) throws IOException {
        Path path = fresh();
        try (Journal journal = Journal.create(path, InstantSource.system());
                Syncer syncer = new Syncer(journal, _ -> {})) {
            for (int job = 0; job < jobs; job++) {
                journal.append(MadeUpFacts.of(job));
                syncer.want();
            }
            return journal.size();
        }
    }

    /** Only the facts: what appending is to be compared with. */
    @Benchmark
    public int makeFacts(CpuTime cpu) {
        int facts = 0;
        for (int job = 0; job < jobs; job++) {
            facts += MadeUpFacts.of(job).size();
        }
        return facts;
    }

    @Benchmark
    public long read(CpuTime cpu) {
        return JournalReader.read(written, 0, _ -> {});
    }

    @Benchmark
    public int loadProvenance(CpuTime cpu) {
        return Provenance.load(workdir).size();
    }

    private long appendFresh(boolean syncs) throws IOException {
        return appendAll(fresh(), syncs);
    }

    private Path fresh() throws IOException {
        Path path = workdir.resolve("fresh");
        Files.deleteIfExists(path);
        return path;
    }

    private long appendAll(Path path, boolean syncs) {
        try (Journal journal = Journal.create(path, InstantSource.system())) {
            for (int job = 0; job < jobs; job++) {
                journal.append(MadeUpFacts.of(job));
                if (syncs && job % 100 == 99) {
                    journal.sync();
                }
            }
            return journal.size();
        }
    }
}
