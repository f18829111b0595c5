package dev.sluice.executor.local;

import dev.sluice.engine.journal.Holder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;

/**
 * Finds the supervisor of a run, or starts one. Whoever asks holds the run, so that no two start
 * one; and none is started before what a dead one left behind has been stopped.
 */
final class Supervisors {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(60);

    /** A machine that is short of memory may be this slow; then it is not only slow. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private Supervisors() {}

    static Supervisor findOrStart(LocalSettings settings) throws IOException {
        SupervisorPlace place = SupervisorPlace.read(settings.runFolder());
        if (place != null) {
            Supervisor living = attach(place);
            if (living != null) {
                return living;
            }
            new Leftovers(settings.runFolder()).stopOrphans(GRACE);
            place.removeSocket();
        }
        return Supervisor.start(settings, Holder.self().machine(), START);
    }

    /**
     * The one that lives, or null once it is dead: it may be about to end, and one that does not
     * answer at all is ended.
     */
    private static @Nullable Supervisor attach(SupervisorPlace place) {
        long end = System.nanoTime() + ANSWER.toNanos();
        while (place.lives()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                place.kill();
                Leftovers.awaitEnd(place, GRACE);
                return null;
            }
            try {
                return Supervisor.attach(place, left);
            } catch (IOException e) {
                Leftovers.awaitEnd(place, Duration.ofMillis(50));
            }
        }
        return null;
    }
}
