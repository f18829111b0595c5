package dev.sluice.engine.journal;

import dev.sluice.engine.plan.JobFingerprint;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Where the outputs of a working folder come from: a fold over the journals of all its runs, with a
 * snapshot so that only what is new has to be read. Never writes a journal. Owned by one thread.
 */
public final class Provenance implements PastOutputs {
    private static final int FEW = 1000;

    private final Path workdir;
    private final ProvenanceFold fold;
    private final String boot;
    private final List<String> troubles = new ArrayList<>();
    private int unsaved;

    private Provenance(Path workdir, ProvenanceFold fold, String boot) {
        this.workdir = workdir;
        this.fold = fold;
        this.boot = boot;
    }

    /** What the folder's runs tell, up to now, to this machine since it was started. */
    public static Provenance load(Path workdir) {
        return load(workdir, Holder.self().origin(workdir).boot());
    }

    /** The same under another boot of the machine; {@code -} or nothing where it is not known. */
    public static Provenance load(Path workdir, String boot) {
        try {
            Snapshot snapshot = Snapshot.read(RunFolder.provenance(workdir));
            var provenance = new Provenance(workdir, new ProvenanceFold(snapshot), boot);
            provenance.catchUp();
            return provenance;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the provenance of " + workdir + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what the journals got since; the number of facts. A journal that cannot be read is told
     * of and passed over.
     */
    public int catchUp() {
        int facts = 0;
        for (RunFolder run : RunFolder.all(workdir)) {
            try {
                facts += catchUp(run);
            } catch (JournalUnreadable | IOException | UncheckedIOException e) {
                troubles.add(
                        "run " + run.id() + " is left out of the outputs' past: " + e.getMessage());
            }
        }
        unsaved += facts;
        return facts;
    }

    private int catchUp(RunFolder run) throws IOException {
        if (!Files.exists(run.journal())) {
            return 0;
        }
        long from = fold.of(run.id()).to();
        long size = Files.size(run.journal());
        if (size == from) {
            return 0;
        }
        if (size < from) {
            return readAgain(run);
        }
        try {
            return read(run, from);
        } catch (JournalUnreadable e) {
            if (from == 0) {
                throw e;
            }
            return readAgain(run);
        }
    }

    /**
     * A power cut took back the journal's end, which was folded in, and others may have been
     * written in its place. What it said stays where nothing later is said of an output.
     */
    private int readAgain(RunFolder run) {
        fold.forgetReading(run.id());
        return read(run, 0);
    }

    private int read(RunFolder run, long from) {
        int[] facts = {0};
        long end =
                JournalReader.read(
                        run.journal(),
                        from,
                        entry -> {
                            fold.fold(run.id(), entry);
                            facts[0]++;
                        });
        fold.hasRead(run.id(), end);
        return facts[0];
    }

    /** Saves when reading what is new would cost the next start more than it should. */
    public void saveIfMuchIsNew() {
        if (unsaved > Math.max(FEW, size() / 10)) {
            save();
        }
    }

    /**
     * Writes the snapshot; under a temporary name first, so that others see the old one or the new.
     */
    public void save() {
        try {
            SnapshotWriter.write(RunFolder.provenance(workdir), fold);
            unsaved = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the provenance of " + workdir + ": " + e.getMessage(), e);
        }
    }

    /**
     * The machine's clock for the journal of another run in this folder: it begins behind all that
     * is known by now, though the machine's was set back since. Of two facts about an output the
     * later one holds, so a run whose facts seem older would be passed over.
     */
    public InstantSource clock(InstantSource machine) {
        Instant earliest = Instant.ofEpochMilli(fold.latestMillis() + 1);
        return () -> {
            Instant now = machine.instant();
            return now.isBefore(earliest) ? earliest : now;
        };
    }

    /** What could not be read, in words for the user. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public @Nullable OutputRecord of(String path) {
        Past past = fold.find(path);
        if (past == null || past.state() == Past.State.FORGOTTEN) {
            return null;
        }
        Past.Job job = past.job();
        boolean incomplete = past.state() == Past.State.BEGUN;
        if (job == null) {
            return new OutputRecord(past.rule(), incomplete, null, new LinkedHashMap<>(), 0, 0);
        }
        var checksums = new LinkedHashMap<String, String>();
        for (JobRecord.Checksum checksum : job.inputChecksums()) {
            checksums.put(checksum.path(), checksum.sha256());
        }
        var fingerprint =
                new JobFingerprint(
                        job.code(),
                        job.params(),
                        job.inputSet(),
                        job.software(),
                        job.commandHash());
        return new OutputRecord(
                past.rule(),
                incomplete,
                fingerprint,
                checksums,
                job.startMillis(),
                job.endMillis(),
                leftBeforeRestart(past));
    }

    private OutputRecord.@Nullable Left leftBeforeRestart(Past past) {
        boolean restarted = isKnown(boot) && isKnown(past.boot()) && !boot.equals(past.boot());
        return restarted && past.state() == Past.State.FINISHED && past.size() >= 0
                ? new OutputRecord.Left(past.size(), past.modifiedNanos())
                : null;
    }

    private static boolean isKnown(String boot) {
        return !boot.isEmpty() && !boot.equals("-");
    }

    /** The output as its job left it, or null where that is not known. */
    public JobRecord.@Nullable Output leftAs(String path) {
        Past past = fold.find(path);
        return past == null || past.state() != Past.State.FINISHED
                ? null
                : new JobRecord.Output(path, past.size(), past.modifiedNanos());
    }

    /**
     * All that was written of the job that made the output, read from its run's journal; null where
     * nothing was.
     */
    public @Nullable JobRecord jobOf(String path) {
        Past past = fold.find(path);
        if (past == null || past.job() == null) {
            return null;
        }
        var run = new RunFolder(workdir, past.job().run());
        if (!Files.exists(run.journal())) {
            return null;
        }
        Entry entry = JournalReader.at(run.journal(), past.job().offset());
        return entry != null
                        && entry.fact() instanceof Fact.JobFinished(_, _, var job)
                        && job.outputs().stream().anyMatch(made -> made.path().equals(path))
                ? job
                : null;
    }

    /** Paths of outputs that an attempt began and never finished. */
    public List<String> incomplete() {
        var paths = new ArrayList<String>();
        fold.forEach(
                (path, past) -> {
                    if (past.state() == Past.State.BEGUN) {
                        paths.add(path);
                    }
                });
        return paths;
    }

    /** How many outputs are remembered. */
    public int size() {
        return fold.size();
    }
}
