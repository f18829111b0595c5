package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.console.UsageError;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Carries out what is asked of the server's runs, each with an engine on a thread of its own. When
 * it starts it goes on with every run that has not ended; when it closes it leaves them, running
 * jobs included, for the next start.
 */
public final class RunHost implements Runs, AutoCloseable {
    private static final long LEAVING_MILLIS = 20_000;

    private final HostSettings settings;
    private final Homes homes;
    private final SharedCores cores;
    private final Semaphore planning;

    /** Guards all below. */
    private final Object lock = new Object();

    private final TreeMap<String, HostedRun> runs = new TreeMap<>();
    private final SequencedMap<String, Engine> engines = new LinkedHashMap<>();
    private boolean closed;
    private boolean ready;

    /**
     * @throws UsageError where another server has the data folder
     */
    public RunHost(HostSettings settings) {
        this.settings = settings;
        homes = Homes.open(settings.data(), Clock.systemUTC());
        cores = new SharedCores(settings.cores());
        planning = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
        homes.all().forEach(run -> runs.put(run.id(), run));
    }

    /** Goes on with all that has not ended; how many those are. */
    public int start() {
        int begun = 0;
        for (HostedRun run : list().reversed()) {
            if (!Ended.isKnown(run)) {
                if (HostedEngine.past(run.folder()) == HostedEngine.Past.ENDED) {
                    Ended.remember(run);
                } else {
                    begin(run, List.of());
                    begun++;
                }
            }
        }
        synchronized (lock) {
            ready = true;
        }
        return begun;
    }

    /** Whether runs of the last life are looked after, and new ones are taken. */
    public boolean isReady() {
        synchronized (lock) {
            return ready && !closed;
        }
    }

    @Override
    public List<HostedRun> list() {
        synchronized (lock) {
            return new ArrayList<>(runs.descendingMap().values());
        }
    }

    @Override
    public @Nullable HostedRun find(String id) {
        synchronized (lock) {
            return runs.get(id);
        }
    }

    @Override
    public HostedRun accept(
            String owner, String name, List<String> words, Path workflow, long bytes) {
        check(words, workflow);
        refuseTooMany(owner);
        HostedRun run = homes.accept(owner, name, words, workflow, bytes);
        synchronized (lock) {
            runs.put(run.id(), run);
        }
        begin(run, List.of());
        return run;
    }

    private static void check(List<String> words, Path folder) {
        try {
            HostedEngine.check(words, folder);
        } catch (UsageError e) {
            throw refusal(e);
        }
    }

    private static Refused refusal(UsageError e) {
        String hint = e.hint();
        return new Refused(Refused.Why.BAD_WORDS, hint == null ? e.text() : e.text() + ": " + hint);
    }

    private void refuseTooMany(String owner) {
        synchronized (lock) {
            long active =
                    engines.keySet().stream()
                            .map(runs::get)
                            .filter(run -> run != null && run.submission().owner().equals(owner))
                            .count();
            if (active >= settings.runsPerOwner()) {
                throw new Refused(
                        Refused.Why.NOT_NOW,
                        "%s has %d runs that go on, and may have no more at once"
                                .formatted(owner, active));
            }
        }
    }

    @Override
    public Path incoming() {
        return homes.incoming();
    }

    @Override
    public void resume(HostedRun run, List<String> words) {
        try {
            HostedEngine.checkResume(words);
        } catch (UsageError e) {
            throw refusal(e);
        }
        if (isActive(run)) {
            throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on already");
        }
        if (HostedEngine.outcome(run.folder()) == RunOutcome.SUCCEEDED) {
            throw new Refused(
                    Refused.Why.NOT_NOW,
                    "run " + run.id() + " succeeded: there is nothing to go on with");
        }
        begin(run, words);
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        Engine engine;
        synchronized (lock) {
            engine = engines.get(run.id());
        }
        if (engine == null) {
            throw new Refused(
                    Refused.Why.NOT_NOW, "run " + run.id() + " does not go on: nothing to cancel");
        }
        engine.stop(now);
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        new Wishes(run.folder()).leave(wish);
    }

    @Override
    public void delete(HostedRun run) {
        synchronized (lock) {
            if (engines.containsKey(run.id())) {
                throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on");
            }
            if (HostedEngine.past(run.folder()) == HostedEngine.Past.PLANNED) {
                throw new Refused(
                        Refused.Why.NOT_NOW,
                        "run " + run.id() + " was broken off: resume or cancel it first");
            }
            runs.remove(run.id());
        }
        homes.delete(run);
    }

    @Override
    public boolean isActive(HostedRun run) {
        synchronized (lock) {
            return engines.containsKey(run.id());
        }
    }

    @Override
    public String explain(HostedRun run) {
        return cores.explain(run.id());
    }

    private void begin(HostedRun run, List<String> changes) {
        Engine engine = new Engine(run, changes, settings, cores, planning, () -> over(run));
        synchronized (lock) {
            if (closed) {
                throw new Refused(Refused.Why.NOT_NOW, "the server is closing");
            }
            if (engines.containsKey(run.id())) {
                throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on already");
            }
            Ended.forget(run);
            engines.put(run.id(), engine);
        }
        engine.start();
    }

    private void over(HostedRun run) {
        try {
            if (HostedEngine.past(run.folder()) == HostedEngine.Past.ENDED) {
                Ended.remember(run);
            }
        } finally {
            synchronized (lock) {
                engines.remove(run.id());
            }
        }
    }

    /** Leaves all runs; what their jobs do goes on. */
    @Override
    public void close() {
        List<Engine> left;
        synchronized (lock) {
            closed = true;
            left = new ArrayList<>(engines.values());
        }
        left.forEach(Engine::leave);
        long until = System.nanoTime() + LEAVING_MILLIS * 1_000_000;
        try {
            for (Engine engine : left) {
                engine.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
            homes.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
