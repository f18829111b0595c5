package dev.sluice.app.remote;

import java.time.Duration;

/**
 * How a lost server is tried again: at growing distances, and not for ever.
 *
 * @param silence after which a server that says nothing is taken for gone
 */
record Backoff(Duration first, Duration most, int tries, Duration silence) {
    /** About five minutes: a server that is started anew is back by then. */
    static final Backoff USUAL =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), 24, Duration.ofSeconds(60));

    /**
     * How often a server that says it is starting is asked again by a command that does not follow.
     */
    int startingTries() {
        return Math.min(tries, 5);
    }

    /**
     * Before this try.
     *
     * @param attempt from 1
     */
    Duration before(int attempt) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 20);
        return Duration.ofMillis(Math.min(doubled, most.toMillis()));
    }
}
