package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of one run, in one file that only grows. Appended to by one thread, of the process that
 * holds the run; {@link #sync} may be called by any. Never reads a fact back to its writer.
 */
public final class Journal implements AutoCloseable {
    private final Path path;
    private final JournalFile file;
    private InstantSource clock;
    private final ByteWriter buffer = new ByteWriter();
    private final Object syncing = new Object();

    /** The end of what is written whole. Read by those who sync. */
    private volatile long end;

    private volatile boolean broken;

    /** Guarded by {@link #syncing}, as the next. */
    private long synced;

    private @Nullable JournalFailure notSynced;

    Journal(Path path, JournalFile file, InstantSource clock, long end) {
        this.path = path;
        this.file = file;
        this.clock = clock;
        this.end = end;
    }

    /** A journal that is not there yet. */
    public static Journal create(Path path, InstantSource clock) {
        try {
            var channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var journal = new Journal(path, JournalFile.of(channel), clock, 0);
            journal.writeAll(ByteBuffer.wrap(JournalReader.MAGIC));
            return journal;
        } catch (IOException e) {
            throw new JournalFailure("cannot begin the journal " + path + ": " + e.getMessage(), e);
        }
    }

    /** Goes on with a journal, for its holder alone: cuts an incomplete last record. */
    public static Journal resume(Path path, InstantSource clock) {
        long end = JournalReader.read(path, 0, _ -> {});
        try {
            var channel = FileChannel.open(path, StandardOpenOption.WRITE);
            channel.truncate(end);
            var journal = new Journal(path, JournalFile.of(channel), clock, end);
            if (end == 0) {
                journal.writeAll(ByteBuffer.wrap(JournalReader.MAGIC));
            }
            return journal;
        } catch (IOException e) {
            throw new JournalFailure(
                    "cannot go on with the journal " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Puts a copy in the journal's place: whoever has it open, on another machine, from now on
     * writes to a file that nobody reads. For the holder, before it opens the journal.
     */
    static void shutOut(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path copy = path.resolveSibling("journal.new");
        Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Whole.rename(copy, path);
    }

    /** All facts up to the last whole record. For large journals see {@link JournalReader}. */
    public static List<Entry> read(Path path) {
        var entries = new ArrayList<Entry>();
        if (Files.exists(path)) {
            JournalReader.read(path, 0, entries::add);
        }
        return entries;
    }

    /**
     * Writes the facts at once. When that fails, the journal holds none of them, and appending may
     * be tried again.
     *
     * @return where the first record begins
     */
    public long append(List<Fact> facts) {
        long start = end;
        if (facts.isEmpty()) {
            return start;
        }
        if (broken) {
            throw new JournalFailure(
                    "the journal "
                            + path
                            + " could not be written before; this run must be resumed",
                    new IllegalStateException("broken journal"));
        }
        buffer.clear();
        long now = clock.millis();
        for (Fact fact : facts) {
            FactCodec.write(buffer, now, fact);
        }
        try {
            writeAll(ByteBuffer.wrap(buffer.array(), 0, buffer.size()));
            return start;
        } catch (IOException e) {
            takeBack(start);
            throw new JournalFailure("cannot write the journal " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until all that was appended before this call survives a power cut. Calls at the same
     * time share one wait.
     */
    public void sync() {
        long wanted = end;
        synchronized (syncing) {
            if (synced >= wanted) {
                return;
            }
            if (notSynced != null) {
                throw notSynced;
            }
            long reached = end;
            try {
                file.sync();
                synced = reached;
            } catch (IOException e) {
                // What the system dropped after a failed sync is unknown, and a second sync would
                // not say.
                broken = true;
                notSynced =
                        new JournalFailure(
                                "cannot sync the journal " + path + ": " + e.getMessage(), e);
                throw notSynced;
            }
        }
    }

    /** Facts get their time from this clock from now on. By the thread that appends. */
    public void goBy(InstantSource other) {
        clock = other;
    }

    /** Bytes so far. */
    public long size() {
        return end;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new JournalFailure("cannot close the journal " + path + ": " + e.getMessage(), e);
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        long position = end;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
        end = position;
    }

    private void takeBack(long length) {
        try {
            file.truncate(length);
        } catch (IOException e) {
            broken = true;
        }
    }
}
