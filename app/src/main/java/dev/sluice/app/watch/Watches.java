package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.engine.journal.Entry;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The runs of the server that are at work or looked at, each folded once. One thread of its own
 * looks at them four times a second, folds what is new and tells listeners and streams; a run that
 * is not active and that nobody looked at for a minute is let go, and folded anew when somebody
 * does. A long journal's first fold keeps the others waiting. What cannot be read is told to those
 * who watch; it harms no other run.
 */
public final class Watches implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watches.class.getName());

    private static final long TICK_MILLIS = 250;

    /** Runs are looked through for those that became active, and idle ones are looked at. */
    private static final int TICKS_BETWEEN_ROUNDS = 4;

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Watches of runs that are over hold memory for nobody but the curious. */
    private static final int IDLE_KEPT = 32;

    private final Runs runs;
    private final InstantSource clock;
    private final long bornMillis;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final List<WatchListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    private volatile @Nullable Thread itself;

    // Of the thread.
    private final Map<String, Long> toldTo = new HashMap<>();
    private long ticks;

    public Watches(Runs runs) {
        this(runs, InstantSource.system());
    }

    /**
     * @param clock facts from before now are old to listeners
     */
    public Watches(Runs runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
        bornMillis = clock.millis();
        thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("watches").factory());
        var _ = thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Facts that were told before are not told again. */
    public void addListener(WatchListener listener) {
        listeners.add(listener);
    }

    /**
     * The run's watch, folded to the end of its journal as it was no longer than a quarter of a
     * second ago. Waits for that; never called on an event loop.
     */
    public Watch of(HostedRun run) {
        Watch known = watches.get(run.id());
        if (known != null && known.ageNanos() < FRESH_NANOS) {
            known.looked();
            return known;
        }
        return onThread(() -> fold(run));
    }

    /**
     * The same, and {@code waker} is called on the watches' thread after each change, until it is
     * removed. A watch that has one is not let go while its run exists.
     */
    Watch of(HostedRun run, Runnable waker) {
        return onThread(
                () -> {
                    Watch watch = fold(run);
                    watch.addWaker(waker);
                    return watch;
                });
    }

    /** How many runs are folded in memory now. */
    int size() {
        return watches.size();
    }

    boolean isActive(HostedRun run) {
        return runs.isActive(run);
    }

    @Override
    public void close() {
        // Not interrupted: that would close files under its hands.
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the watches did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Watch onThread(Supplier<Watch> work) {
        if (Thread.currentThread() == itself) {
            return work.get();
        }
        try {
            return thread.submit(work::get).get();
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("the server is closing", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run was being looked at", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }

    private void tick() {
        itself = Thread.currentThread();
        boolean round = ticks++ % TICKS_BETWEEN_ROUNDS == 0;
        try {
            if (round) {
                runs.list().stream().filter(runs::isActive).forEach(this::guarded);
                letGo();
            }
            for (Watch watch : List.copyOf(watches.values())) {
                if (watch.ageNanos() >= FRESH_NANOS / 2 && (round || isLive(watch))) {
                    guarded(watch.run());
                }
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the runs could not be looked through", e);
        }
    }

    private boolean isLive(Watch watch) {
        return !watch.isOver() || runs.isActive(watch.run());
    }

    private void guarded(HostedRun run) {
        try {
            fold(run);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "run " + run.id() + " could not be looked at", e);
        }
    }

    private Watch fold(HostedRun run) {
        itself = Thread.currentThread();
        // Before the look: what an engine wrote before it ended is then seen in it.
        boolean active = runs.isActive(run);
        Watch watch = watches.get(run.id());
        if (watch != null && !watch.isOf(run.folder())) {
            watches.remove(run.id());
            watch.move();
            watch = null;
        }
        boolean first = watch == null;
        if (watch == null) {
            long told = toldTo.getOrDefault(run.id(), NewFacts.NOTHING_TOLD);
            watch = new Watch(run, clock, new NewFacts(bornMillis, told));
        }
        boolean changed = watch.fold(active, first, this::tell);
        if (first) {
            watch.looked();
            watches.put(run.id(), watch);
        }
        if (changed) {
            watch.wake();
        }
        return watch;
    }

    private void tell(HostedRun run, Folded folded, List<Entry> news) {
        for (WatchListener listener : listeners) {
            try {
                listener.folded(run, folded, news);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed over run " + run.id(), e);
            }
        }
    }

    private void letGo() {
        var idle = new ArrayList<Watch>();
        for (Watch watch : List.copyOf(watches.values())) {
            if (runs.find(watch.run().id()) == null) {
                watches.remove(watch.run().id());
                toldTo.remove(watch.run().id());
                watch.go();
            } else if (!watch.isWatched() && !runs.isActive(watch.run())) {
                idle.add(watch);
            }
        }
        idle.sort(Comparator.comparingLong(Watch::idleNanos));
        for (int i = 0; i < idle.size(); i++) {
            if (i >= IDLE_KEPT || idle.get(i).idleNanos() > IDLE_NANOS) {
                remove(idle.get(i));
            }
        }
    }

    private void remove(Watch watch) {
        watches.remove(watch.run().id());
        toldTo.put(watch.run().id(), watch.toldTo());
    }
}
