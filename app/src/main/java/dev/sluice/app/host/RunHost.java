package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.console.UsageError;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Carries out what is asked of the server's runs, each with an engine on a thread of its own. When
 * it starts it goes on with every run that has not ended; when it closes it leaves them, running
 * jobs included, for the next start.
 */
public final class RunHost implements Runs, AutoCloseable {
    /** How long new jobs wait at a start until what still runs is counted. */
    private static final long TAKING_OVER_MILLIS = 60_000;

    /** No run's id. */
    private static final String ALL = "";

    private static final long LEAVING_MILLIS = 20_000;

    private static final long ENDING_MILLIS = 5_000;

    private final HostSettings settings;
    private final Homes homes;
    private final SharedCores cores;
    private final PlanningGate gate;

    /** Held while a run is taken in, so that quotas are kept. */
    private final Object taking = new Object();

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
        homes = Homes.open(settings.data(), Clock.systemUTC(), settings.log());
        cores = new SharedCores(settings.cores());
        gate = new PlanningGate(Math.max(2, Runtime.getRuntime().availableProcessors()));
        homes.all().forEach(run -> runs.put(run.id(), run));
    }

    /** Goes on with all that has not ended; how many those are. */
    public int start() {
        int begun = 0;
        cores.expect(ALL);
        for (HostedRun run : list().reversed()) {
            try {
                begun += goOn(run) ? 1 : 0;
            } catch (RuntimeException e) {
                // One that cannot be read must not keep the others from going on.
                settings.log()
                        .accept("run " + run.id() + " is not gone on with: " + e.getMessage());
                cores.hasTakenOver(run.id());
            }
        }
        cores.hasTakenOver(ALL);
        Thread.ofVirtual().start(this::expectNobodyLater);
        synchronized (lock) {
            ready = true;
        }
        return begun;
    }

    /** A run that takes for ever to plan shall not keep all others from their cores. */
    private void expectNobodyLater() {
        try {
            Thread.sleep(TAKING_OVER_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cores.expectNobody();
    }

    /** False where it has ended and nobody wants more of it. */
    private boolean goOn(HostedRun run) {
        List<String> asked = ResumeRequest.read(run);
        if (asked == null && Ended.isKnown(run)) {
            return false;
        }
        boolean ended = HostedEngine.past(run.folder()) == HostedEngine.Past.ENDED;
        if (ended
                && (asked == null || HostedEngine.outcome(run.folder()) == RunOutcome.SUCCEEDED)) {
            ResumeRequest.heard(run);
            Ended.remember(run);
            return false;
        }
        cores.expect(run.id());
        begin(run, asked == null ? List.of() : asked);
        return true;
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
        synchronized (taking) {
            refuseTooMany(owner);
            HostedRun run = homes.accept(owner, name, words, workflow, bytes);
            var engine = engine(run);
            synchronized (lock) {
                runs.put(run.id(), run);
                if (closed) {
                    // It is kept, and the next start of the server begins it.
                    return run;
                }
                engines.put(run.id(), engine);
            }
            started(run, () -> engine.start(List.of()));
            return run;
        }
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
            refuseWhileClosed();
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

    /** Under the lock. */
    private void refuseWhileClosed() {
        if (closed) {
            throw new Refused(Refused.Why.NOT_NOW, "the server is closing");
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
        awaitEnd(run);
        if (isActive(run)) {
            throw goesOnAlready(run);
        }
        if (HostedEngine.outcome(run.folder()) == RunOutcome.SUCCEEDED) {
            throw new Refused(
                    Refused.Why.NOT_NOW,
                    "run " + run.id() + " succeeded: there is nothing to go on with");
        }
        synchronized (taking) {
            refuseTooMany(run.submission().owner());
            begin(
                    run,
                    engine -> {
                        ResumeRequest.write(run, words);
                        engine.start(words);
                    });
        }
    }

    private static Refused goesOnAlready(HostedRun run) {
        return new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on already");
    }

    /** Whoever has just read in the journal that a run has ended may go on with it at once. */
    private void awaitEnd(HostedRun run) {
        Engine engine = engineOf(run);
        if (engine != null && HostedEngine.past(run.folder()) == HostedEngine.Past.ENDED) {
            try {
                engine.join(ENDING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Engine engineOf(HostedRun run) {
        synchronized (lock) {
            return engines.get(run.id());
        }
    }

    @Override
    public void cancel(HostedRun run, boolean now) {
        Engine engine = engineOf(run);
        if (engine != null) {
            engine.stop(now);
        } else if (isBrokenOff(run)) {
            begin(run, Engine::startEnding);
        } else {
            throw new Refused(
                    Refused.Why.NOT_NOW, "run " + run.id() + " does not go on: nothing to cancel");
        }
    }

    /** No engine is at work on it, but its jobs may run. */
    private static boolean isBrokenOff(HostedRun run) {
        return switch (HostedEngine.past(run.folder())) {
            case UNPLANNED, PLANNED -> true;
            case NOTHING, ENDED -> false;
        };
    }

    @Override
    public void wish(HostedRun run, Wish wish) {
        new Wishes(run.folder()).leave(wish);
    }

    @Override
    public void delete(HostedRun run) {
        awaitEnd(run);
        boolean broken = HostedEngine.past(run.folder()) == HostedEngine.Past.PLANNED;
        synchronized (lock) {
            if (engines.containsKey(run.id())) {
                throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " goes on");
            }
            if (broken) {
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
        begin(run, engine -> engine.start(changes));
    }

    /** Unless somebody else was faster. */
    private void begin(HostedRun run, Consumer<Engine> how) {
        Engine engine = engine(run);
        synchronized (lock) {
            refuseWhileClosed();
            if (!runs.containsKey(run.id())) {
                throw new Refused(Refused.Why.NOT_NOW, "run " + run.id() + " was deleted");
            }
            if (engines.containsKey(run.id())) {
                throw goesOnAlready(run);
            }
            engines.put(run.id(), engine);
        }
        started(
                run,
                () -> {
                    Ended.forget(run);
                    how.accept(engine);
                });
    }

    private Engine engine(HostedRun run) {
        return new Engine(run, settings, cores, gate, () -> over(run));
    }

    /** One that cannot be started is not at work. */
    private void started(HostedRun run, Runnable start) {
        boolean done = false;
        try {
            start.run();
            done = true;
        } finally {
            if (!done) {
                synchronized (lock) {
                    engines.remove(run.id());
                }
            }
        }
    }

    private void over(HostedRun run) {
        try {
            if (HostedEngine.past(run.folder()) == HostedEngine.Past.ENDED) {
                Ended.remember(run);
            }
        } catch (RuntimeException e) {
            settings.log().accept("run " + run.id() + ": " + e.getMessage());
        } finally {
            cores.hasTakenOver(run.id());
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            homes.close();
        }
    }
}
