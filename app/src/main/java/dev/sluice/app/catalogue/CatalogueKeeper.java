package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.watch.Folded;
import dev.sluice.app.watch.WatchListener;
import dev.sluice.engine.journal.Entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the catalogue true: hears of runs that are watched, looks at the others from time to time,
 * and makes all rows anew where the catalogue was lost. Does all of it on one thread; whatever goes
 * wrong is logged, and touches no run.
 */
public final class CatalogueKeeper implements WatchListener, AutoCloseable {
    private static final long EVERY_MILLIS = 1000;

    private final Catalogue catalogue;
    private final Runs runs;
    private final Consumer<String> log;
    private final List<RowListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("catalogue").factory());

    /** What was heard and is not written yet. */
    private final Map<String, Heard> heard = new ConcurrentSkipListMap<>();

    /** In the place of a size: the watch, or the next look, will say more. */
    private static final long UNSETTLED = -1;

    /**
     * Those that have a row, with the size that the journal had when the row was made. Kept here so
     * that looking at what did not change costs one stat a run. Of the thread.
     */
    private final SequencedMap<String, Long> sizes = new LinkedHashMap<>();

    private record Heard(HostedRun run, CatalogueRow row) {}

    /**
     * @param log is told what went wrong, a line each
     */
    public CatalogueKeeper(Catalogue catalogue, Runs runs, Consumer<String> log) {
        this.catalogue = catalogue;
        this.runs = runs;
        this.log = log;
    }

    /** Before {@link #start}. */
    public void addListener(RowListener listener) {
        listeners.add(listener);
    }

    /**
     * Brings the catalogue up to date, and keeps it so from now on. When this returns, every run
     * has its row. To be called once runs that will go on are known as active.
     */
    public void start() {
        ask(this::catchUp);
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> guarded(this::tick),
                        EVERY_MILLIS,
                        EVERY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void folded(HostedRun run, Folded folded, List<Entry> news) {
        long shown = news.isEmpty() ? -1 : news.getLast().offset();
        CatalogueRow row = CatalogueRows.of(run, folded, runs.isActive(run), shown);
        heard.put(run.id(), new Heard(run, row));
        if (row.ended() >= 0) {
            try {
                thread.execute(() -> guarded(() -> write(run.id())));
            } catch (RejectedExecutionException closing) {
                // The next start looks at every run.
            }
        }
    }

    /** Makes the run's row of its files, or removes it where the run is gone; waits for it. */
    public void refresh(String id) {
        ask(() -> look(id));
    }

    /** The same runs; whoever changes them there finds the change in the catalogue at once. */
    public Runs telling() {
        return new CataloguedRuns(runs, this);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Runnable work) {
        try {
            thread.submit(() -> guarded(work)).get();
        } catch (RejectedExecutionException closing) {
            // The next start looks at every run.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (CatalogueLost lost) {
            log.accept("the catalogue is made anew: " + lost.getMessage());
            makeAnew();
        } catch (RuntimeException e) {
            log.accept("the catalogue could not be kept: " + e);
        }
    }

    private void makeAnew() {
        try {
            catalogue.renew();
            catchUp();
        } catch (RuntimeException e) {
            log.accept("the catalogue could not be made anew: " + e);
        }
    }

    private void catchUp() {
        sizes.clear();
        catalogue.ids().forEach(id -> sizes.put(id, UNSETTLED));
        forgetDeleted();
        for (HostedRun run : runs.list()) {
            CatalogueRow known = catalogue.find(run.id());
            if (known != null && CatalogueRows.isWhole(run, known)) {
                sizes.put(run.id(), journalSize(run));
                tell(run, known);
            } else {
                look(run.id());
            }
        }
    }

    private void tick() {
        heard.keySet().forEach(this::write);
        forgetDeleted();
        for (HostedRun run : runs.list()) {
            if (isDue(run)) {
                look(run.id());
            }
        }
    }

    private void forgetDeleted() {
        for (String id : List.copyOf(sizes.keySet())) {
            if (runs.find(id) == null) {
                forget(id);
            }
        }
    }

    /** Whether nobody would say what may have happened to it. */
    private boolean isDue(HostedRun run) {
        boolean known = sizes.containsKey(run.id());
        return !known || (!runs.isActive(run) && !isSettled(run));
    }

    /** Whether its row was made of all that there is. */
    private boolean isSettled(HostedRun run) {
        return sizes.getOrDefault(run.id(), UNSETTLED) == journalSize(run);
    }

    private void write(String id) {
        Heard latest = heard.remove(id);
        if (latest == null) {
            return;
        }
        if (runs.find(id) == null) {
            forget(id);
            return;
        }
        if (latest.row().shown() < 0 && isSettled(latest.run())) {
            // Somebody looked at it, and nothing had changed.
            return;
        }
        sizes.put(id, UNSETTLED);
        put(latest.run(), latest.row());
    }

    private void look(String id) {
        HostedRun run = runs.find(id);
        if (run == null) {
            forget(id);
            return;
        }
        boolean active = runs.isActive(run);
        long size = journalSize(run);
        CatalogueRow row = CatalogueRows.read(run, active);
        sizes.put(id, active ? UNSETTLED : size);
        put(run, row);
    }

    private void put(HostedRun run, CatalogueRow row) {
        catalogue.put(row);
        tell(run, row);
    }

    private void tell(HostedRun run, CatalogueRow row) {
        for (RowListener listener : listeners) {
            try {
                listener.changed(run, row);
            } catch (RuntimeException e) {
                log.accept("a change of run " + row.id() + " was not told: " + e);
            }
        }
    }

    private void forget(String id) {
        heard.remove(id);
        sizes.remove(id);
        catalogue.remove(id);
    }

    /** 0 where there is none. */
    private static long journalSize(HostedRun run) {
        return run.folder().journal().toFile().length();
    }
}
