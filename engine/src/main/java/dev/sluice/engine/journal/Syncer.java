package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Syncs a journal beside the run, on a thread of its own: whoever appends goes on at once and is
 * told later how much survives a power cut. Never appends, and never syncs what is safe already.
 */
public final class Syncer implements AutoCloseable {
    /** Between two syncs that nobody waits for. About so much may be lost with the power. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Between two syncs at least, whoever waits: those that begin to wait meanwhile share one. */
    private static final Duration BREATH = Duration.ofMillis(10);

    /** What it has to say, on its own thread. */
    public sealed interface Word {
        /** All before the offset survives a power cut. */
        record SyncedTo(long offset) implements Word {}

        /** Said once; nothing is synced from then on. */
        record Failed(JournalFailure why) implements Word {}
    }

    private final Journal journal;
    private final Consumer<Word> told;
    private final LongConsumer took;
    private final Duration pause;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as all below. */
    private boolean wanted;

    private boolean hurried;
    private boolean closing;
    private @Nullable JournalFailure failure;

    public Syncer(Journal journal, Consumer<Word> told) {
        this(journal, told, _ -> {});
    }

    /**
     * @param took hears after each sync, on the syncer's thread, how many nanoseconds it took
     */
    public Syncer(Journal journal, Consumer<Word> told, LongConsumer took) {
        this(journal, told, took, PAUSE);
    }

    Syncer(Journal journal, Consumer<Word> told, LongConsumer took, Duration pause) {
        this.journal = journal;
        this.told = told;
        this.took = took;
        this.pause = pause;
        thread = Thread.ofPlatform().daemon().name("journal sync").start(this::work);
    }

    /**
     * Something was appended; nobody waits for its sync. Cheap; calls that come while a sync goes
     * on share the next one.
     */
    public void want() {
        want(false);
    }

    /** The same, and somebody waits. */
    public void hurry() {
        want(true);
    }

    private void want(boolean now) {
        lock.lock();
        try {
            if (!wanted || (now && !hurried)) {
                wanted = true;
                hurried |= now;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Syncs a last time and ends the thread. To be called before the journal is closed.
     *
     * @throws JournalFailure when the last sync fails and that was not said before
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        await(thread);
        if (!hasFailed()) {
            journal.sync();
        }
    }

    private void work() {
        try {
            while (isWanted()) {
                long begun = System.nanoTime();
                if (!sync()) {
                    return;
                }
                // A slow disk is left as much time as it needed: others write there too.
                rest(System.nanoTime(), System.nanoTime() - begun);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but a JVM that ends; what is appended is written, if not synced.
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to sync; false when there will be nothing more. */
    private boolean isWanted() throws InterruptedException {
        lock.lock();
        try {
            while (!wanted && !closing) {
                changed.await();
            }
            wanted = false;
            hurried = false;
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    private boolean sync() {
        long reached = journal.size();
        long begun = System.nanoTime();
        try {
            journal.sync();
            took.accept(System.nanoTime() - begun);
            told.accept(new Word.SyncedTo(reached));
            return true;
        } catch (JournalFailure why) {
            fail(why);
            told.accept(new Word.Failed(why));
            return false;
        }
    }

    private void rest(long since, long needed) throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                long least = (hurried ? BREATH : pause).toNanos();
                long left = since + Math.max(least, needed) - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(JournalFailure why) {
        lock.lock();
        try {
            failure = why;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
