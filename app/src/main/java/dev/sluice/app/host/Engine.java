package dev.sluice.app.host;

import dev.sluice.app.cli.HostedEngine;
import dev.sluice.app.console.ExitCode;
import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks after one run on a thread of its own, until it has ended or a person has to look. A life
 * that breaks off (a full disk, a bug) is followed by another, with growing pauses, so that nobody
 * has to resume it by hand.
 */
final class Engine {
    private static final int LIVES = 12;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final HostedRun run;
    private final HostSettings settings;
    private final SharedCores cores;
    private final PlanningGate gate;
    private final Runnable over;
    private final Thread thread;

    /** Guards all below. */
    private final Object lock = new Object();

    private @Nullable RunLoop loop;
    private boolean plans;
    private boolean stopAsked;
    private boolean stopNow;
    private boolean leaving;

    /**
     * @param over called on the engine's thread once it is done with the run
     */
    Engine(
            HostedRun run,
            HostSettings settings,
            SharedCores cores,
            PlanningGate gate,
            Runnable over) {
        this.run = run;
        this.settings = settings;
        this.cores = cores;
        this.gate = gate;
        this.over = over;
        thread = new Thread(this::work, "run " + run.id());
        thread.setDaemon(true);
    }

    /** Its thread's part; set before the thread begins. */
    private Runnable part = () -> {};

    /**
     * Begins the run, or goes on with it.
     *
     * @param changes options of {@code resume} that the user gave
     */
    void start(List<String> changes) {
        List<String> words = List.copyOf(changes);
        part = () -> live(words);
        thread.start();
    }

    /** Ends a run that was broken off: what it left running is stopped. */
    void startEnding() {
        part = () -> endBrokenOff();
        thread.start();
    }

    /**
     * Asks the run to start nothing more; {@code now}: and to stop what runs. Where it is still
     * being planned, it comes to its end without a plan.
     */
    void stop(boolean now) {
        RunLoop told;
        synchronized (lock) {
            stopAsked = true;
            stopNow |= now;
            told = loop;
            lock.notifyAll();
            if (told == null && plans && now) {
                Helpers.end(run.home());
            }
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
            if (told == null && plans) {
                Helpers.end(run.home());
            }
        }
        if (told != null) {
            told.leave();
        }
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void work() {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            say(String.valueOf(e));
            // This process lives on, and would seem to be at work on it.
            BrokenOff.letGo(run.folder());
        } finally {
            over.run();
        }
    }

    private void say(String line) {
        settings.log().accept("run " + run.id() + ": " + line);
    }

    private void live(List<String> changes) {
        int broken = 0;
        long pause = FIRST_PAUSE_MILLIS;
        while (!isLeaving()) {
            HostedEngine.Past before = HostedEngine.past(run.folder());
            PlanningGate.Pass planning = gate.enter(this::isAsked);
            var life = new Life(run, settings, cores, planning, this::loop);
            int code = oneLife(life, changes, before);
            planning.leave();
            HostedEngine.Past after = HostedEngine.past(run.folder());
            if (isLeaving() || isSettled(life, code, after)) {
                return;
            }
            // What another process holds is waited for.
            broken += code == ExitCode.HELD_ELSEWHERE ? 0 : 1;
            if (broken >= LIVES) {
                say("gives up after " + broken + " lives: the run has to be resumed");
                BrokenOff.letGo(run.folder());
                return;
            }
            pause(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private int oneLife(Life life, List<String> changes, HostedEngine.Past before) {
        synchronized (lock) {
            if (leaving || stopNow) {
                return ExitCode.JOB_FAILED;
            }
            plans = true;
        }
        try {
            return life.live(changes, before);
        } finally {
            synchronized (lock) {
                plans = false;
            }
        }
    }

    /** Whether there is nothing more to do for it. */
    private boolean isSettled(Life life, int code, HostedEngine.Past after) {
        boolean planned = after == HostedEngine.Past.PLANNED;
        if (after == HostedEngine.Past.ENDED) {
            ResumeRequest.heard(run);
            if (code == ExitCode.BAD_INPUT) {
                warn(life);
            }
            return true;
        }
        if (isStoppedNow()) {
            // Also where its planning was cut short.
            return planned ? endBrokenOff() : writeOff(life, RunOutcome.STOPPED);
        }
        return switch (code) {
            case ExitCode.BAD_INPUT -> {
                if (!planned) {
                    yield writeOff(life, RunOutcome.FAILED);
                }
                // The workflow was changed and cannot be planned: a person has to look.
                warn(life);
                yield letGo();
            }
            case ExitCode.BUG -> !planned && writeOff(life, RunOutcome.FAILED);
            case ExitCode.DONE -> !planned && writeOff(life, RunOutcome.SUCCEEDED);
            case ExitCode.HELD_ELSEWHERE ->
                    isStopAsked() && (planned ? letGo() : writeOff(life, RunOutcome.STOPPED));
            default -> false;
        };
    }

    /** Who looks at the run learns why it does not go on. */
    private void warn(Life life) {
        try {
            HostedEngine.warn(run.folder(), life.said());
        } catch (RuntimeException e) {
            say("cannot go on: " + life.said());
        }
    }

    private boolean letGo() {
        ResumeRequest.heard(run);
        BrokenOff.letGo(run.folder());
        return true;
    }

    /** False where that cannot be written just now. */
    private boolean writeOff(Life life, RunOutcome outcome) {
        try {
            HostedEngine.recordBegin(run.folder(), life.words(), life.owner());
            HostedEngine.writeOff(run.folder(), outcome, life.said());
            ResumeRequest.heard(run);
            BrokenOff.letGo(run.folder());
            return true;
        } catch (RuntimeException e) {
            say("cannot write its end: " + e.getMessage());
            return false;
        }
    }

    private boolean endBrokenOff() {
        try {
            BrokenOff.end(run.folder());
            ResumeRequest.heard(run);
            return true;
        } catch (HeldElsewhere e) {
            say("cannot be ended: " + e.getMessage());
            return true;
        }
    }

    /** The loop that is about to begin, or none any more. */
    private void loop(@Nullable RunLoop now) {
        synchronized (lock) {
            loop = now;
            plans = false;
            if (now == null) {
                return;
            }
            if (leaving) {
                now.leave();
            } else if (stopAsked) {
                now.stop(stopNow);
            }
        }
    }

    private boolean isLeaving() {
        synchronized (lock) {
            return leaving;
        }
    }

    private boolean isAsked() {
        synchronized (lock) {
            return leaving || stopAsked;
        }
    }

    private boolean isStopAsked() {
        synchronized (lock) {
            return stopAsked;
        }
    }

    private boolean isStoppedNow() {
        synchronized (lock) {
            return stopNow;
        }
    }

    private void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (lock) {
            long left = millis;
            while (left > 0 && !leaving && !stopAsked) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    leaving = true;
                }
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
        }
    }
}
