package dev.sluice.app.host;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets as many lives load and plan at once as the machine has cores, so that a restart with a
 * hundred runs does not begin with a hundred Pythons. Whoever has waited long goes in all the same:
 * a Snakefile that never comes to its end must not stop the others.
 */
final class PlanningGate {
    private static final long LONGEST_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 100;

    private final Semaphore places;

    PlanningGate(int places) {
        this.places = new Semaphore(places, true);
    }

    /** Somebody who plans. */
    final class Pass {
        private boolean held;

        private Pass(boolean held) {
            this.held = held;
        }

        /** The next one may plan. More than once is once. */
        synchronized void leave() {
            if (held) {
                held = false;
                places.release();
            }
        }
    }

    /**
     * Waits for a place.
     *
     * @param givesUp asked while it waits
     */
    Pass enter(BooleanSupplier givesUp) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
        try {
            while (!givesUp.getAsBoolean() && System.nanoTime() < until) {
                if (places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return new Pass(true);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Pass(false);
    }
}
