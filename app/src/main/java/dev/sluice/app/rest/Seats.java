package dev.sluice.app.rest;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many may do something heavy at once: each plan is a process with Python and a workflow in
 * memory. Others wait a moment, then are told to come again.
 */
final class Seats {
    private final Semaphore seats;
    private final long patienceMillis;

    Seats(int seats, long patienceMillis) {
        this.seats = new Semaphore(seats, true);
        this.patienceMillis = patienceMillis;
    }

    <T> T whileSeated(Supplier<T> work) {
        if (!taken()) {
            throw new Problem(
                    503, "Busy", "the server plans other workflows now", "try again in a moment");
        }
        try {
            return work.get();
        } finally {
            seats.release();
        }
    }

    private boolean taken() {
        try {
            return seats.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
