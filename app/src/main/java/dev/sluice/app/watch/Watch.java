package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.PlanTable;
import dev.sluice.engine.view.RunView;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One run, folded once for all who look at it. Folded by the thread of {@link Watches} only; read
 * by any thread, under a lock. Blocks for a moment, so that no event loop may read it. One that is
 * kept and not asked for anew from {@link Watches#of} may be left behind.
 */
public final class Watch {
    /** Deltas kept for one moment: streams that fell behind differ in where they are. */
    private static final int DELTAS_KEPT = 64;

    private static final int SEQS_KEPT = 1024;

    private final HostedRun run;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> wakers = new CopyOnWriteArraySet<>();

    // All below is guarded by the lock.
    private final PlanTable plan;
    private final JournalTail journal;
    private final NewFacts newFacts;
    private final StandingWatch standing;
    private JobColumns jobs;
    private Folded folded;
    private String unreadable = "";
    private boolean over;
    private final Map<String, Told> deltas = newest(DELTAS_KEPT);
    private @Nullable Buffer snapshot;

    /** Those given out by this fold: what they name was folded here and needs no second look. */
    private final Map<String, Boolean> seqs = newest(SEQS_KEPT);

    private final AtomicLong version = new AtomicLong();
    private volatile boolean gone;

    /** The run turned out to work in another folder: another watch has it. */
    private volatile boolean moved;

    private volatile long lookedAtNanos = System.nanoTime();
    private final RunFolder folder;
    private volatile long foldedAtNanos = System.nanoTime();

    Watch(HostedRun run, InstantSource clock, NewFacts newFacts) {
        this.run = run;
        this.clock = clock;
        this.newFacts = newFacts;
        folder = run.folder();
        plan = PlanTable.of(folder);
        var view = new RunView();
        jobs = new JobColumns(view, plan);
        standing = new StandingWatch(run);
        folded = of(view);
        boolean[] begun = {false};
        journal =
                new JournalTail(
                        folder.journal(),
                        () -> {
                            if (begun[0]) {
                                beginAnew();
                            }
                            begun[0] = true;
                            return this::take;
                        });
    }

    public HostedRun run() {
        return run;
    }

    /** What is known, while {@code look} looks. Must not be kept, nor this called within. */
    public <T> T read(Function<Folded, T> look) {
        looked();
        lock.lock();
        try {
            return look.apply(folded);
        } finally {
            lock.unlock();
        }
    }

    /** Grows with everything that is to be told to someone. */
    long version() {
        return version.get();
    }

    /** The run has ended, and all that its journal holds was folded. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** The whole run; one copy for all who ask before it changes. */
    Buffer snapshot() {
        looked();
        lock.lock();
        try {
            Buffer made = snapshot;
            if (made == null) {
                made = Buffer.buffer(SnapshotBytes.of(moment()));
                snapshot = made;
                give(Seq.of(jobs));
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What changed since; the same object for all who are there.
     *
     * @param after a SEQ that was given out by any server over this run's files; empty: nothing but
     *     the head is wanted, from now on
     */
    Told since(String after) {
        looked();
        lock.lock();
        try {
            if (moved) {
                return Told.reset();
            }
            Told known = deltas.get(after);
            if (known == null) {
                known = makeSince(after);
                deltas.put(after, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** A row of the list of runs. */
    byte[] row() {
        lock.lock();
        try {
            return moment().row();
        } finally {
            lock.unlock();
        }
    }

    /** Calls after each change, on the watches' thread; keeps the watch from being let go. */
    void addWaker(Runnable waker) {
        wakers.add(waker);
    }

    void removeWaker(Runnable waker) {
        wakers.remove(waker);
        looked();
    }

    boolean isWatched() {
        return !wakers.isEmpty();
    }

    long idleNanos() {
        return System.nanoTime() - lookedAtNanos;
    }

    long ageNanos() {
        return System.nanoTime() - foldedAtNanos;
    }

    void looked() {
        lookedAtNanos = System.nanoTime();
    }

    /**
     * For the watches' thread: folds what is new and calls {@code then} where something was.
     *
     * @return whether those who watch have to be woken
     */
    boolean fold(boolean active, boolean first, WatchListener then) {
        lock.lock();
        try {
            int facts = poll();
            boolean planChanged = pollPlan();
            boolean stands = look(active);
            boolean changed = facts > 0 || planChanged || stands || first;
            boolean overBefore = over;
            over = facts == 0 && !active && !standing.now().mayGoOn();
            if (changed) {
                folded = of(folded.view());
                deltas.clear();
                snapshot = null;
                version.incrementAndGet();
                then.folded(run, folded, newFacts.take());
            }
            foldedAtNanos = System.nanoTime();
            return changed || over != overBefore;
        } finally {
            lock.unlock();
        }
    }

    /** Its watchers begin anew, with the watch of the run's folder as it is now. */
    void move() {
        moved = true;
        version.incrementAndGet();
        wake();
    }

    boolean isOf(RunFolder now) {
        return folder.equals(now);
    }

    /** The run was deleted. */
    boolean isGone() {
        return gone;
    }

    void go() {
        gone = true;
        wake();
    }

    void wake() {
        wakers.forEach(Runnable::run);
    }

    /** The offset up to which facts were told. */
    long toldTo() {
        return newFacts.toldTo();
    }

    private int poll() {
        try {
            int facts = journal.poll();
            return say("") ? facts + 1 : facts;
        } catch (JournalUnreadable | UncheckedIOException e) {
            return say(String.valueOf(e.getMessage())) ? 1 : 0;
        }
    }

    /**
     * A plan is in its file before the journal says so: read after it, the file is never behind.
     */
    private boolean pollPlan() {
        try {
            boolean any = plan.poll();
            if (any) {
                jobs.planRead();
            }
            return any;
        } catch (UncheckedIOException e) {
            return say(String.valueOf(e.getMessage()));
        }
    }

    private boolean look(boolean active) {
        try {
            return standing.look(active, folded.view().head(), jobs.position());
        } catch (JournalUnreadable | UncheckedIOException e) {
            return say(String.valueOf(e.getMessage()));
        }
    }

    private boolean say(String trouble) {
        boolean another = !trouble.equals(unreadable);
        unreadable = trouble;
        return another;
    }

    private void take(Entry entry) {
        jobs.apply(entry);
        newFacts.add(entry);
    }

    /** Facts were taken back: what was folded with them is no longer true. */
    private void beginAnew() {
        var view = new RunView();
        jobs = new JobColumns(view, plan);
        folded = of(view);
        seqs.clear();
    }

    private Folded of(RunView view) {
        return new Folded(view.head(), view.counts(), view, plan, jobs, standing.now());
    }

    private Moment moment() {
        String state = unreadable.isEmpty() ? standing.now().state().word() : "unreadable";
        String trouble = unreadable.isEmpty() ? standing.diagnosis() : unreadable;
        return new Moment(run, folded, state, trouble, clock.millis());
    }

    private Told makeSince(String after) {
        Seq now = Seq.of(jobs);
        Seq seq = after.isEmpty() ? now : Seq.parse(after);
        if (seq == null || !isTrue(seq, now)) {
            return Told.reset();
        }
        give(now);
        return Told.delta(DeltaJson.since(seq.position(), moment()), now.text());
    }

    private void give(Seq seq) {
        seqs.put(seq.text(), true);
    }

    /** Whether the journal still says up to there what it said when the SEQ was given. */
    private boolean isTrue(Seq seq, Seq now) {
        if (!seq.layout().equals(now.layout()) || seq.position() > now.position()) {
            return false;
        }
        if (seq.position() == now.position() || seqs.containsKey(seq.text())) {
            return seq.position() < now.position() || seq.millis() == now.millis();
        }
        return seq.position() == 0 || seq.millis() == millisAt(seq.position());
    }

    private long millisAt(long position) {
        var found = new Found();
        try {
            JournalReader.read(
                    run.folder().journal(),
                    position,
                    entry -> {
                        found.millis = entry.offset() == position ? entry.millis() : -1;
                        throw found;
                    });
        } catch (Found stop) {
            return stop.millis;
        } catch (JournalUnreadable | UncheckedIOException e) {
            return -1;
        }
        return -1;
    }

    /** Ends a reading after its first record. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;
        private long millis = -1;

        Found() {
            super(null, null, false, false);
        }
    }

    private static <V> Map<String, V> newest(int kept) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > kept;
            }
        };
    }
}
