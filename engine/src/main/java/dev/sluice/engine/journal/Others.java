package dev.sluice.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The holders that may be in the way of a taking: dead ones are passed by, unseen ones once they
 * were silent long enough. Waits for them outside the lock, so that nobody else waits too.
 */
final class Others {
    private static final Object TAKING = new Object();

    /** Looks so often in the time that a holder may be silent. */
    private static final int LOOKS = 60;

    private final RunFolder run;
    private final Holder self;
    private final Hold.Pace pace;

    /** Notes that did not change for as long as a holder may be silent. */
    private final Set<Seen> silent = new LinkedHashSet<>();

    private record Seen(RunFolder run, Note note) {}

    @FunctionalInterface
    interface Taking<T> {
        T take() throws IOException;
    }

    /** Ends a taking that has to wait first. */
    private static final class InDoubt extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Seen seen;
        private final HeldElsewhere otherwise;

        InDoubt(Seen seen, HeldElsewhere otherwise) {
            super("", null, false, false);
            this.seen = seen;
            this.otherwise = otherwise;
        }
    }

    Others(RunFolder run, Holder self, Hold.Pace pace) {
        this.run = run;
        this.self = self;
        this.pace = pace;
    }

    /** Takes while nobody else does; where a holder is in doubt, waits and takes anew. */
    <T> T whileAlone(Taking<T> taking) {
        while (true) {
            try {
                return alone(run, taking);
            } catch (InDoubt doubt) {
                if (isRenewed(doubt.seen)) {
                    throw doubt.otherwise;
                }
                silent.add(doubt.seen);
            }
        }
    }

    /** The lock goes with its process. */
    static <T> T alone(RunFolder run, Taking<T> taking) {
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

    /**
     * Goes on where the holder is dead.
     *
     * @throws HeldElsewhere with the message {@code otherwise}
     */
    void pass(RunFolder other, Note note, String otherwise) {
        var held = new HeldElsewhere(other.id(), otherwise);
        switch (note.holder().seenBy(self)) {
            case LIVING -> throw held;
            case UNSEEN -> {
                var seen = new Seen(other, note);
                if (!silent.contains(seen)) {
                    throw new InDoubt(seen, held);
                }
            }
            case DEAD, NOBODY -> {}
        }
    }

    /** By the watcher's own clock: those of two hosts may differ. */
    private boolean isRenewed(Seen seen) {
        try {
            Duration waited = Duration.ZERO;
            while (waited.compareTo(pace.silence()) < 0) {
                waited = waited.plus(pace.watch().waited(pace.silence().dividedBy(LOOKS)));
                Note now = Note.read(seen.run());
                if (!seen.note().equals(now)) {
                    return now != null;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot see who holds run " + seen.run().id() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
