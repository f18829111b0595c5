package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Threads that take turns in a time that is made up: whoever sleeps the shortest acts next. In
 * milliseconds.
 */
final class HoldVirtualTime {
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore idle = new Semaphore(0);
    private volatile double now;
    private volatile @Nullable Actor acting;

    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    private static final class Actor {
        private final Semaphore turn = new Semaphore(0);
        private volatile double wakes;
        private volatile boolean over;
        private volatile @Nullable Throwable failure;
        private @Nullable Thread thread;
    }

    double now() {
        return now;
    }

    /** Begins at time 0. */
    void spawn(String name, Work work) {
        var actor = new Actor();
        actors.add(actor);
        actor.thread = Thread.ofPlatform().daemon().name(name).start(() -> act(actor, work));
    }

    private void act(Actor actor, Work work) {
        try {
            actor.turn.acquire();
            work.run();
        } catch (InterruptedException end) {
            // The play is over.
        } catch (RuntimeException | AssertionError failure) {
            actor.failure = failure;
        }
        actor.over = true;
        idle.release();
    }

    /** By the one who acts. */
    void sleepUntil(double when) throws InterruptedException {
        Actor me = acting;
        if (me == null) {
            throw new IllegalStateException("nobody acts");
        }
        me.wakes = Math.max(now, when);
        idle.release();
        me.turn.acquire();
    }

    /** Lets them act until that time; what failed in any of them fails here. */
    void play(double until) {
        while (true) {
            Actor next =
                    actors.stream()
                            .filter(actor -> !actor.over)
                            .min(Comparator.comparingDouble(actor -> actor.wakes))
                            .orElse(null);
            if (next == null || next.wakes > until) {
                end();
                return;
            }
            now = next.wakes;
            acting = next;
            next.turn.release();
            idle.acquireUninterruptibly();
            Throwable failure = next.failure;
            if (failure != null) {
                end();
                throw new AssertionError(failure.getMessage(), failure);
            }
        }
    }

    private void end() {
        for (Actor actor : actors) {
            if (!actor.over && actor.thread != null) {
                actor.thread.interrupt();
                idle.acquireUninterruptibly();
            }
        }
    }
}
