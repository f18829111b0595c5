package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a hold alive from a thread of its own, however busy the run is, and knows whether it is
 * still ours. A renewal that fails is tried again soon: a full disk is no reason to give the run
 * up.
 */
final class Renewal {
    private static final int TRIES_A_PERIOD = 10;

    private final RunFolder run;
    private final Note note;
    private final Note.Counter counter;
    private final Hold.Pace pace;
    private final @Nullable Object fileKey;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final AtomicLong renewals = new AtomicLong();

    /** Guarded by the lock. */
    private boolean closed;

    /** When the note was last read and found to be ours. */
    private volatile long readNanos;

    private volatile long readMillis;

    /** Once and for all: the file that was ours is no more, and its identity may come again. */
    private volatile boolean lost;

    private Renewal(RunFolder run, Note note, Note.Counter counter, Hold.Pace pace)
            throws IOException {
        this.run = run;
        this.note = note;
        this.counter = counter;
        this.pace = pace;
        fileKey = Files.readAttributes(run.hold(), BasicFileAttributes.class).fileKey();
        readNanos = System.nanoTime();
        readMillis = System.currentTimeMillis();
        thread = Thread.ofPlatform().daemon().name("hold renewal").unstarted(this::work);
    }

    static Renewal begin(RunFolder run, Note note, Note.Counter counter, Hold.Pace pace)
            throws IOException {
        var renewal = new Renewal(run, note, counter, pace);
        renewal.thread.start();
        return renewal;
    }

    /**
     * False once another process has taken the run over. A look at the file's identity most times:
     * as long as we have it open no other file can have it. A network file system may answer such a
     * look from its memory, so the note itself is read where that was long ago, as it is for a
     * process that was stopped.
     */
    boolean isOurs() {
        try {
            lost = lost || !looksOurs();
        } catch (IOException e) {
            // Taken away, or out of reach: then nobody can say that it is ours.
            lost = true;
        }
        return !lost;
    }

    private boolean looksOurs() throws IOException {
        if (fileKey == null || isLongAgo()) {
            return readsOurs();
        }
        return fileKey.equals(
                Files.readAttributes(run.hold(), BasicFileAttributes.class).fileKey());
    }

    /** A machine that was suspended knows by the wall clock alone. */
    private boolean isLongAgo() {
        return System.nanoTime() - readNanos > 2 * pace.renewal().toNanos()
                || Math.abs(System.currentTimeMillis() - readMillis)
                        > 2 * pace.renewal().toMillis();
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean readsOurs() throws IOException {
        long before = System.nanoTime();
        long millis = System.currentTimeMillis();
        Note there = Note.read(run);
        boolean ours = there != null && there.isOf(note.holder(), note.epoch());
        if (ours) {
            readNanos = before;
            readMillis = millis;
        }
        return ours;
    }

    private void work() {
        try (counter) {
            long pause = pace.renewal().toNanos();
            while (!isClosedAfter(pause)) {
                pause = pace.renewal().toNanos() / (renew() ? 1 : TRIES_A_PERIOD);
                if (isGone()) {
                    lost = true;
                    return;
                }
            }
        } catch (IOException e) {
            // Said by closing a file that is written: nothing is lost but the file's handle.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where it could not be shown. The next time shows more all the same. */
    boolean renew() {
        try {
            counter.show(note.renewals() + renewals.incrementAndGet());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isGone() {
        try {
            return !readsOurs();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isClosedAfter(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
