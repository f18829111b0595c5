package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's hold on its outputs, not on the folder: runs that make other files share it. A dead
 * holder's hold is taken over; on the same machine the process itself is looked at, on another its
 * renewals are waited for. Renews itself until it is closed or lost; may be asked by any thread.
 */
public final class Hold implements AutoCloseable {
    private final RunFolder run;
    private final Note note;
    private final Pace pace;
    private final Renewal renewal;

    /** How a run's holder looks from here. Never waits to find out. */
    public enum Standing {
        /** The run was let go, or never held. */
        NOBODY,
        LIVING,
        DEAD,
        /** On another machine: only its renewals can tell. */
        UNSEEN
    }

    /**
     * How often a hold is renewed, and how long it may go without before watchers on other machines
     * take its holder for dead.
     */
    record Pace(Duration renewal, Duration silence, Watch watch) {
        /** The properties are for tests: all hosts of a folder must agree. */
        static Pace usual() {
            return new Pace(
                    duration("sluice.hold.renewal", Duration.ofSeconds(10)),
                    duration("sluice.hold.silence", Duration.ofSeconds(60)),
                    new SleepingWatch());
        }

        private static Duration duration(String property, Duration otherwise) {
            String given = System.getProperty(property);
            return given == null ? otherwise : Duration.parse(given);
        }
    }

    /** Waits, and says how long that took. Tests have one of their own. */
    @FunctionalInterface
    interface Watch {
        Duration waited(Duration pause) throws InterruptedException;
    }

    private Hold(RunFolder run, Note note, Pace pace, Renewal renewal) {
        this.run = run;
        this.note = note;
        this.pace = pace;
        this.renewal = renewal;
    }

    /**
     * Takes the run's outputs for this process. Whoever held the run before on another machine can
     * write its journal no more, even if it has only slept; a journal is therefore opened after
     * this.
     *
     * @throws HeldElsewhere when a living run holds one of them, or another process this run
     */
    public static Hold take(RunFolder run, List<String> outputs) {
        return take(run, outputs, Holder.self(), Pace.usual());
    }

    static Hold take(RunFolder run, List<String> outputs, Holder self, Pace pace) {
        var others = new Others(run, self, pace);
        return others.whileAlone(() -> takeNow(run, outputs, others, self, pace));
    }

    private static Hold takeNow(
            RunFolder run, List<String> outputs, Others others, Holder self, Pace pace)
            throws IOException {
        Note before = Note.read(run);
        if (before != null && !before.holder().equals(self)) {
            others.pass(run, before, "run " + run.id() + " is held by " + before.holder());
        }
        claim(run, outputs, others);
        var note = new Note(self, before == null ? 1 : before.epoch() + 1, 1);
        Note.Counter counter = note.write(run);
        try {
            if (before != null && !before.holder().isOnMachineOf(self)) {
                Journal.shutOut(run.journal());
            }
            return new Hold(run, note, pace, Renewal.begin(run, note, counter, pace));
        } catch (IOException | RuntimeException e) {
            counter.close();
            Files.deleteIfExists(run.hold());
            throw e;
        }
    }

    /**
     * Writes what is held before the note says that it is: whoever sees the note must see it all.
     */
    private static void claim(RunFolder run, List<String> outputs, Others others)
            throws IOException {
        for (RunFolder other : RunFolder.all(run.workdir())) {
            Note note = other.id().equals(run.id()) ? null : Note.read(other);
            String shared =
                    note == null ? null : OutputHashes.read(other.heldOutputs()).firstOf(outputs);
            if (note != null && shared != null) {
                others.pass(
                        other,
                        note,
                        "run " + other.id() + " (" + note.holder() + ") is making " + shared);
            }
        }
        OutputHashes.of(outputs).write(run.heldOutputs());
    }

    /** Grows by one whenever another process takes the run over. */
    public long epoch() {
        return note.epoch();
    }

    /**
     * Holds other outputs than before, after a checkpoint.
     *
     * @param outputs all of them, the old ones that are still to be made too
     * @throws HeldElsewhere as {@link #take}
     */
    public void change(List<String> outputs) {
        var others = new Others(run, note.holder(), pace);
        others.whileAlone(
                () -> {
                    claim(run, outputs, others);
                    return this;
                });
    }

    /**
     * False once another process has taken the run over: this one must stop and write nothing more.
     * Costs a look at one file; to be asked before each batch.
     */
    public boolean isOurs() {
        return renewal.isOurs();
    }

    /** For tests, which have a clock of their own. */
    void renewNow() {
        renewal.renew();
    }

    /** Ends as with a killed process: nothing is let go, and whoever comes next takes it over. */
    public void abandon() {
        renewal.close();
    }

    @Override
    public void close() {
        try {
            if (isOurs()) {
                Others.alone(run, this::letGo);
            }
        } finally {
            renewal.close();
        }
    }

    private Hold letGo() throws IOException {
        if (isOurs()) {
            Files.deleteIfExists(run.hold());
            Files.deleteIfExists(run.heldOutputs());
        }
        return this;
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
     * How the run's holder looks from here. A note that cannot be read says nothing of its holder.
     */
    public static Standing standingOf(RunFolder run) {
        try {
            Note note = Note.read(run);
            return note == null ? Standing.NOBODY : note.holder().seenBy(Holder.self());
        } catch (IOException e) {
            return Standing.UNSEEN;
        }
    }

    /**
     * When the hold was renewed last, by the clock of the disk it is on; null where nobody holds
     * it.
     */
    public static @Nullable Instant renewedAt(RunFolder run) {
        try {
            return Files.getLastModifiedTime(run.hold()).toInstant();
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Runs that held one of these outputs when their process died: what they started may still be
     * writing.
     */
    public static List<RunFolder> abandoned(Path workdir, List<String> outputs) {
        return heldBy(Standing.DEAD, workdir, outputs);
    }

    /** Runs of other machines that hold one of these outputs: their jobs may run there. */
    public static List<RunFolder> unseen(Path workdir, List<String> outputs) {
        return heldBy(Standing.UNSEEN, workdir, outputs);
    }

    private static List<RunFolder> heldBy(Standing standing, Path workdir, List<String> outputs) {
        try {
            var found = new ArrayList<RunFolder>();
            for (RunFolder run : RunFolder.all(workdir)) {
                Note note = Note.read(run);
                if (note != null
                        && note.holder().seenBy(Holder.self()) == standing
                        && OutputHashes.read(run.heldOutputs()).firstOf(outputs) != null) {
                    found.add(run);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot look for other runs in " + workdir + ": " + e.getMessage(), e);
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
