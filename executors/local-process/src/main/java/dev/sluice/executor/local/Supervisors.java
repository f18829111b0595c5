package dev.sluice.executor.local;

import dev.sluice.engine.journal.Holder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
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

    /** An engine that wants a supervisor, and may stop to. */
    interface Seeker {
        boolean wants();

        /**
         * Connects unless it does not want to any more. The supervisor takes whoever comes last for
         * the engine that lives, so one that has let go must not come at all.
         */
        Supervisor connect(Path socket) throws IOException;
    }

    private Supervisors() {}

    /** Null when nobody wants one any more. */
    static @Nullable Supervisor findOrStart(LocalSettings settings, Seeker seeker)
            throws IOException {
        long end = System.nanoTime() + ANSWER.toNanos();
        while (seeker.wants()) {
            SupervisorPlace place = SupervisorPlace.read(settings.runFolder());
            if (place != null) {
                Supervisor living = attach(place, seeker);
                if (living != null) {
                    return living;
                }
                if (!seeker.wants()) {
                    return null;
                }
                new Leftovers(settings.runFolder()).stopOrphans(GRACE);
                place.removeSocket();
            }
            try {
                return Supervisor.start(settings, Holder.self().machine(), START, seeker);
            } catch (SupervisorBusy e) {
                // An engine that was killed had just started it; or it is just about to end.
                if (System.nanoTime() > end || !Leftovers.pause()) {
                    throw e;
                }
            }
        }
        return null;
    }

    /**
     * The one that lives, or null once it is dead: it may be about to end, and one that does not
     * answer at all is ended.
     */
    private static @Nullable Supervisor attach(SupervisorPlace place, Seeker seeker) {
        long end = System.nanoTime() + ANSWER.toNanos();
        while (place.lives() && seeker.wants()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                place.kill();
                Leftovers.awaitEnd(place, ANSWER);
                return null;
            }
            try {
                return Supervisor.attach(place, left, seeker);
            } catch (IOException e) {
                Leftovers.awaitEnd(place, Duration.ofMillis(50));
            }
        }
        return null;
    }
}
