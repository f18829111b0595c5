package dev.sluice.benchmarks;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Syncer;
import dev.sluice.engine.schedule.Fact;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the journal of a finished run again at the pace at which it was written, each fact as a
 * batch of its own, with the look at the hold before it and the sync beside it; prints what that
 * takes, to be compared with what the run took. Dearer than the run's own writing, which has many
 * facts a batch.
 *
 * <p>{@code java -cp benchmarks.jar dev.sluice.benchmarks.JournalShare FOLDER RUN}
 */
public final class JournalShare {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AtomicInteger syncs = new AtomicInteger();
    private final AtomicLong syncerNanos = new AtomicLong();
    private long cpuNanos;
    private long wallNanos;

    private JournalShare() {}

    public static void main(String[] args) throws IOException {
        Path workdir = Path.of(args[0]);
        List<Entry> entries = Journal.read(new RunFolder(workdir, args[1]).journal());
        var share = new JournalShare();
        // Once to warm up, as the journal of a longer run would be.
        share.write(workdir, entries.subList(0, Math.min(entries.size(), 5000)), false);
        var measured = new JournalShare();
        measured.write(workdir, entries, true);
        measured.print(entries);
    }

    private void write(Path workdir, List<Entry> entries, boolean paced) {
        RunFolder run = RunFolder.create(workdir, InstantSource.system());
        long first = entries.getFirst().millis();
        long begun = System.nanoTime();
        try (Hold hold = Hold.take(run, List.of());
                Journal journal = Journal.create(run.journal(), InstantSource.system());
                Syncer syncer = new Syncer(journal, this::synced)) {
            for (Entry entry : entries) {
                long due = begun + (entry.millis() - first) * 1_000_000;
                for (long left = due - System.nanoTime(); paced && left > 0; ) {
                    LockSupport.parkNanos(left);
                    left = due - System.nanoTime();
                }
                append(hold, journal, syncer, entry.fact());
            }
        }
    }

    private void append(Hold hold, Journal journal, Syncer syncer, Fact fact) {
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        if (!hold.isOurs()) {
            throw new IllegalStateException("somebody else writes the journal");
        }
        journal.append(List.of(fact));
        syncer.want();
        wallNanos += System.nanoTime() - wall;
        cpuNanos += threads.getCurrentThreadCpuTime() - cpu;
    }

    /** On the syncer's thread. */
    private void synced(Syncer.Word word) {
        if (word instanceof Syncer.Word.Failed(var why)) {
            throw why;
        }
        syncs.incrementAndGet();
        syncerNanos.set(threads.getCurrentThreadCpuTime());
    }

    private void print(List<Entry> entries) {
        System.out.printf(
                "%d facts in %.1f s: appending took %.2f s of CPU and %.2f s of the run's thread,"
                        + " %d syncs beside it %.2f s of CPU%n",
                entries.size(),
                (entries.getLast().millis() - entries.getFirst().millis()) / 1e3,
                cpuNanos / 1e9,
                wallNanos / 1e9,
                syncs.get(),
                syncerNanos.get() / 1e9);
    }
}
