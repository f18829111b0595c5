package dev.sluice.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What is to be done later, by the clock that never jumps. Owned by the run's thread. */
final class Timers {
    private record Timer(long atNanos, long number, Runnable action) {}

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::number));
    private long count;

    void after(long millis, Runnable action) {
        timers.add(new Timer(System.nanoTime() + millis * 1_000_000, count++, action));
    }

    /** How long nothing is due. */
    long patienceMillis() {
        Timer next = timers.peek();
        if (next == null) {
            return 60_000;
        }
        return Math.max(0, (next.atNanos() - System.nanoTime()) / 1_000_000 + 1);
    }

    void runDue() {
        List<Timer> due = new ArrayList<>();
        long now = System.nanoTime();
        for (Timer next = timers.peek();
                next != null && next.atNanos() <= now;
                next = timers.peek()) {
            due.add(timers.remove());
        }
        due.forEach(timer -> timer.action().run());
    }
}
