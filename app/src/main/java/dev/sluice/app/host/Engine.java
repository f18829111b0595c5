package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.cli.Surroundings;
import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The engine of one run, on a thread of its own from begin to end. A life that breaks off (a full
 * disk, a bug) is followed by another, with growing pauses, so that nobody has to resume it by
 * hand.
 */
final class Engine implements Surroundings {
    private static final int LIVES = 12;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final int SAID_AT_MOST = 16_000;

    private final HostedRun run;
    private final HostSettings settings;
    private final SharedCores cores;
    private final Semaphore planning;
    private final Runnable over;
    private final Thread thread;

    /** Guards all below. */
    private final Object lock = new Object();

    private @Nullable RunLoop loop;
    private boolean stopAsked;
    private boolean stopNow;
    private boolean leaving;

    /** Of the engine's thread. */
    private boolean mayPlan;

    /**
     * @param changes options of {@code resume} that the user gave
     * @param planning as many lives as may load and plan at once
     * @param over called on the engine's thread once it is done with the run
     */
    Engine(
            HostedRun run,
            List<String> changes,
            HostSettings settings,
            SharedCores cores,
            Semaphore planning,
            Runnable over) {
        this.run = run;
        this.settings = settings;
        this.cores = cores;
        this.planning = planning;
        this.over = over;
        thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("run " + run.id())
                        .unstarted(() -> work(List.copyOf(changes)));
    }

    void start() {
        thread.start();
    }

    /** Asks the run to start nothing more; {@code now}: and to stop what runs. */
    void stop(boolean now) {
        RunLoop told;
        synchronized (lock) {
            stopAsked = true;
            stopNow |= now;
            told = loop;
            lock.notifyAll();
        }
        if (told != null) {
            told.stop(now);
        }
    }

    /** Asks it to end and to leave what runs to the server's next life. */
    void leave() {
        RunLoop told;
        synchronized (lock) {
            leaving = true;
            told = loop;
            lock.notifyAll();
        }
        if (told != null) {
            told.leave();
        }
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void work(List<String> changes) {
        try {
            live(changes);
        } catch (RuntimeException | Error e) {
            settings.log().accept("run " + run.id() + ": " + e);
        } finally {
            over.run();
        }
    }

    private void live(List<String> changes) {
        List<String> words = changes;
        for (int life = 1; life <= LIVES && !isLeaving(); life++) {
            HostedEngine.Past before = HostedEngine.past(run.folder());
            int code = oneLife(words, before);
            HostedEngine.Past after = HostedEngine.past(run.folder());
            if (after == HostedEngine.Past.ENDED || isLeaving()) {
                return;
            }
            if (after != HostedEngine.Past.PLANNED) {
                HostedEngine.writeOff(run.folder(), code, said());
                return;
            }
            if (code == ExitCode.BAD_INPUT) {
                // The workflow was changed and cannot be planned: a person has to look.
                return;
            }
            words = List.of();
            pause(life);
        }
    }

    private int oneLife(List<String> changes, HostedEngine.Past before) {
        try (PrintStream text = engineLog()) {
            var terminal = new Terminal(text, text, false, false);
            planning.acquireUninterruptibly();
            mayPlan = true;
            RunFolder folder = run.folder();
            var engine =
                    new HostedEngine(
                            terminal,
                            before == HostedEngine.Past.NOTHING ? run.workdir() : folder.workdir(),
                            settings.environment());
            return before == HostedEngine.Past.NOTHING
                    ? engine.begin(Words.of(run.submission().words(), cores.cores()), this)
                    : engine.resume(folder, Words.ofResume(changes, cores.cores()), this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            planned();
        }
    }

    /** The next one may plan. */
    private void planned() {
        if (mayPlan) {
            mayPlan = false;
            planning.release();
        }
    }

    private PrintStream engineLog() throws IOException {
        var file =
                Files.newOutputStream(
                        run.engineLog(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new PrintStream(new BufferedOutputStream(file), true, StandardCharsets.UTF_8);
    }

    /** The end of what engines said. */
    private String said() {
        try {
            String all = Files.readString(run.engineLog());
            return all.length() <= SAID_AT_MOST ? all : all.substring(all.length() - SAID_AT_MOST);
        } catch (IOException e) {
            return "the engine's words are lost: " + e.getMessage();
        }
    }

    private boolean isLeaving() {
        synchronized (lock) {
            return leaving;
        }
    }

    private void pause(int life) {
        long millis = Math.min(FIRST_PAUSE_MILLIS << Math.min(life - 1, 10), LONGEST_PAUSE_MILLIS);
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (lock) {
            long left = millis;
            while (left > 0 && !leaving && !stopAsked) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    leaving = true;
                }
                left = (until - System.nanoTime()) / 1_000_000;
            }
        }
    }

    // What the engine asks ---------------------------------------------------------------------

    @Override
    public String owner() {
        return run.submission().owner();
    }

    @Override
    public RunFolder newRun(Path workdir) {
        if (!workdir.equals(run.workdir())) {
            WorksIn.write(run.home(), workdir);
        }
        return HostedEngine.fresh(workdir, run.id());
    }

    @Override
    public boolean remembersAll() {
        return true;
    }

    @Override
    public Guard guard(Terminal terminal, RunLoop begun, boolean leaveOnInterrupt) {
        planned();
        synchronized (lock) {
            loop = begun;
            if (leaving) {
                begun.leave();
            } else if (stopAsked) {
                begun.stop(stopNow);
            }
        }
        return new Guard() {
            @Override
            public int code(int otherwise) {
                return otherwise;
            }

            @Override
            public void close() {
                synchronized (lock) {
                    loop = null;
                }
            }
        };
    }

    @Override
    public Executor executor(LocalSettings local, Executor.Listener listener) {
        return new QueuedExecutor(
                cores,
                owner(),
                run.id(),
                listener,
                hears -> settings.executors().executor(local, hears));
    }

    @Override
    public RunMeasures measures() {
        return settings.measures();
    }

    /** Command lines as the server has them run: with no more cores than it has itself. */
    static final class Words {
        private Words() {}

        static List<String> of(List<String> words, int cores) {
            int end = words.indexOf("--");
            var kept = new ArrayList<>(end < 0 ? words : words.subList(0, end));
            kept.addAll(List.of("--cores", Integer.toString(HostedEngine.cores(words, cores))));
            if (end >= 0) {
                kept.addAll(words.subList(end, words.size()));
            }
            return kept;
        }

        /** What was recorded holds where nothing else is said. */
        static List<String> ofResume(List<String> changes, int cores) {
            return HostedEngine.namesCores(changes) ? of(changes, cores) : changes;
        }
    }
}
