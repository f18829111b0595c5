package dev.sluice.engine.journal;

import dev.sluice.engine.journal.Holder.Standing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's hold on its outputs, not on the folder: runs that make other files share it. A dead
 * holder's hold is taken over; on the same machine the process itself is looked at, on another its
 * renewals are waited for. Owned by the run's one thread.
 */
public final class Hold implements AutoCloseable {
    /** How often {@link #renew} is to be called. */
    public static final Duration RENEWAL = Duration.ofSeconds(10);

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Object TAKING = new Object();

    private final RunFolder run;
    private final Holder holder;
    private final long epoch;
    private long renewals;

    /** Waits, and says how long that took. Tests have one of their own. */
    @FunctionalInterface
    interface Watch {
        Duration waited(Duration pause) throws InterruptedException;
    }

    private Hold(RunFolder run, Holder holder, long epoch) {
        this.run = run;
        this.holder = holder;
        this.epoch = epoch;
    }

    /**
     * Takes the run's outputs for this process.
     *
     * @throws HeldElsewhere when a living run holds one of them, or another process this run
     */
    public static Hold take(RunFolder run, List<String> outputs) {
        return take(run, outputs, Holder.self(), new SleepingWatch());
    }

    static Hold take(RunFolder run, List<String> outputs, Holder self, Watch watch) {
        return alone(
                run,
                () -> {
                    Note own = Note.read(run);
                    if (own != null && !own.holder().equals(self) && lives(run, own, self, watch)) {
                        throw new HeldElsewhere(
                                run.id(), "run " + run.id() + " is held by " + own.holder());
                    }
                    var hold = new Hold(run, self, own == null ? 1 : own.epoch() + 1);
                    hold.claim(outputs, watch);
                    hold.renew();
                    return hold;
                });
    }

    /** Whoever takes looks and writes while nobody else does. The lock goes with its process. */
    private static <T> T alone(RunFolder run, Taking<T> taking) {
        synchronized (TAKING) {
            try (var channel =
                            FileChannel.open(
                                    RunFolder.taking(run.workdir()),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return taking.take();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot hold the outputs of run " + run.id() + ": " + e.getMessage(), e);
            }
        }
    }

    @FunctionalInterface
    private interface Taking<T> {
        T take() throws IOException;
    }

    /**
     * Writes what is held before the note says that it is: whoever sees the note must see it all.
     */
    private void claim(List<String> outputs, Watch watch) throws IOException {
        for (RunFolder other : RunFolder.all(run.workdir())) {
            Note note = other.id().equals(run.id()) ? null : Note.read(other);
            String shared =
                    note == null ? null : OutputHashes.read(other.heldOutputs()).firstOf(outputs);
            if (note != null && shared != null && lives(other, note, holder, watch)) {
                throw new HeldElsewhere(
                        other.id(),
                        "run " + other.id() + " (" + note.holder() + ") is making " + shared);
            }
        }
        OutputHashes.of(outputs).write(run.heldOutputs());
    }

    private static boolean lives(RunFolder run, Note note, Holder self, Watch watch)
            throws IOException {
        return switch (note.holder().seenBy(self)) {
            case LIVING -> true;
            case DEAD -> false;
            case UNSEEN -> isRenewed(run, note, watch);
        };
    }

    /** By the watcher's own clock: those of two hosts may differ. */
    private static boolean isRenewed(RunFolder run, Note before, Watch watch) throws IOException {
        try {
            // Each holder has its own minute: that of an earlier one says nothing of this one.
            Duration silent = Duration.ZERO;
            while (silent.compareTo(SILENCE) < 0) {
                silent = silent.plus(watch.waited(Duration.ofSeconds(1)));
                if (!before.equals(Note.read(run))) {
                    return Note.read(run) != null;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Grows by one whenever another process takes the run over. */
    public long epoch() {
        return epoch;
    }

    /** Says that the holder lives; to be called every {@link #RENEWAL}. */
    public void renew() {
        renewals++;
        try {
            new Note(holder, epoch, renewals).write(run);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot renew the hold of run " + run.id() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Holds other outputs than before, after a checkpoint.
     *
     * @param outputs all of them, the old ones that are still to be made too
     * @throws HeldElsewhere as {@link #take}
     */
    public void change(List<String> outputs) {
        alone(
                run,
                () -> {
                    claim(outputs, new SleepingWatch());
                    return this;
                });
    }

    /**
     * False once another process has taken the run over: this one must stop and write nothing more.
     */
    public boolean isOurs() {
        try {
            Note note = Note.read(run);
            return note != null && note.epoch() == epoch && note.holder().equals(holder);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (isOurs()) {
            try {
                Files.deleteIfExists(run.hold());
                Files.deleteIfExists(run.heldOutputs());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot let go of run " + run.id() + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Who holds the run and lives, or null. Never waits: a holder on another machine counts as
     * living.
     */
    public static @Nullable Holder holderOf(RunFolder run) {
        try {
            Note note = Note.read(run);
            return note == null || note.holder().seenBy(Holder.self()) == Standing.DEAD
                    ? null
                    : note.holder();
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Runs that held one of these outputs when their process died: what they started may still be
     * writing.
     */
    public static List<RunFolder> abandoned(Path workdir, List<String> outputs) {
        try {
            var abandoned = new ArrayList<RunFolder>();
            for (RunFolder run : RunFolder.all(workdir)) {
                Note note = Note.read(run);
                if (note != null
                        && note.holder().seenBy(Holder.self()) == Standing.DEAD
                        && OutputHashes.read(run.heldOutputs()).firstOf(outputs) != null) {
                    abandoned.add(run);
                }
            }
            return abandoned;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot look for broken-off runs in " + workdir + ": " + e.getMessage(), e);
        }
    }

    /** The content of the hold file. */
    private record Note(Holder holder, long epoch, long renewals) {
        static @Nullable Note read(RunFolder run) throws IOException {
            try {
                List<String> lines = Files.readAllLines(run.hold());
                Holder holder = Holder.of(lines);
                return holder == null || lines.size() < 7
                        ? null
                        : new Note(
                                holder, Long.parseLong(lines.get(5)), Long.parseLong(lines.get(6)));
            } catch (NoSuchFileException nobody) {
                return null;
            }
        }

        void write(RunFolder run) throws IOException {
            var lines = new ArrayList<>(holder.lines());
            lines.add(Long.toString(epoch));
            lines.add(Long.toString(renewals));
            Path written = run.hold().resolveSibling("hold.new");
            Files.write(written, lines);
            Whole.rename(written, run.hold());
        }
    }

    private static final class SleepingWatch implements Watch {
        @Override
        public Duration waited(Duration pause) throws InterruptedException {
            long begun = System.nanoTime();
            Thread.sleep(pause);
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }
}
