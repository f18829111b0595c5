package dev.sluice.benchmarks.web;

import java.util.random.RandomGenerator;

/**
 * How played jobs go. Each has three states on its way: queued, running, and how it ended.
 *
 * @param jobsPerSecond begin to run, at most
 * @param seconds a job runs, on average
 */
record Pace(double jobsPerSecond, double seconds) {
    /** One job of a thousand fails, and one of two hundred is lost and tried again. */
    private static final double FAILING = 0.001;

    private static final double LOST = 0.005;

    enum Fate {
        SUCCEEDS,
        FAILS,
        IS_LOST
    }

    Fate fate(RandomGenerator random) {
        double drawn = random.nextDouble();
        if (drawn < FAILING) {
            return Fate.FAILS;
        }
        return drawn < FAILING + LOST ? Fate.IS_LOST : Fate.SUCCEEDS;
    }

    /** From a tenth of the average on, most below it, a few far above. */
    long millis(RandomGenerator random) {
        return (long) (1000 * seconds * (0.1 + 0.9 * random.nextExponential()));
    }
}
