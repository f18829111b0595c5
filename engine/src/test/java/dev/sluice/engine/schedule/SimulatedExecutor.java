package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * An executor of the worst kind: slow, forgetful, repeating itself. Outlives the engine, as real
 * ones do, and listens to the engine alone that came last.
 */
final class SimulatedExecutor {
    record Name(Key task, int attempt) {}

    private static final class Attempt {
        final int threads;
        @Nullable AttemptEnd end;

        Attempt(int threads) {
            this.threads = threads;
        }
    }

    private final Random random;
    private final Map<Name, Attempt> attempts = new LinkedHashMap<>();
    private int engine;
    private boolean forgot;

    SimulatedExecutor(Random random) {
        this.random = random;
    }

    /** From now on earlier engines are not listened to. */
    void attach(int newEngine) {
        engine = newEngine;
    }

    /** Idempotent; never two attempts of a task at a time. */
    void start(int by, Name name, int threads) {
        if (by < engine || attempts.containsKey(name)) {
            return;
        }
        attempts.forEach(
                (other, attempt) ->
                        assertThat(attempt.end == null && other.task().equals(name.task()))
                                .as("%s starts while %s runs", name, other)
                                .isFalse());
        attempts.put(name, new Attempt(threads));
    }

    int threadsInUse() {
        return attempts.values().stream()
                .filter(attempt -> attempt.end == null)
                .mapToInt(attempt -> attempt.threads)
                .sum();
    }

    void cancel(int by, Name name) {
        Attempt attempt = attempts.get(name);
        if (by >= engine && attempt != null && attempt.end == null) {
            attempt.end = new AttemptEnd.Cancelled();
        }
    }

    boolean runs(Name name) {
        Attempt attempt = attempts.get(name);
        return attempt != null && attempt.end == null;
    }

    /** What became of one that does not run. */
    AttemptEnd endOf(Name name) {
        Attempt attempt = attempts.get(name);
        if (attempt == null) {
            return forgot ? new AttemptEnd.Lost("nobody knows") : new AttemptEnd.NeverStarted();
        }
        return Objects.requireNonNull(attempt.end);
    }

    /** Other attempts of the task that it was ever given. */
    List<Name> earlierThan(Name name) {
        return attempts.keySet().stream()
                .filter(other -> other.task().equals(name.task()) && !other.equals(name))
                .toList();
    }

    /** Lets one running attempt end somehow; its name, or null when none runs. */
    @Nullable Name endOne() {
        List<Name> running = running();
        if (running.isEmpty()) {
            return null;
        }
        Name name = running.get(random.nextInt(running.size()));
        attempt(name).end = someEnd();
        return name;
    }

    /** All that runs is gone, and nobody saw how it ended. */
    void loseWhatRuns() {
        for (Name name : running()) {
            attempt(name).end = new AttemptEnd.Lost("the supervisor was killed");
        }
    }

    /** Its memory is gone with all that runs: of no attempt can it say how it ended. */
    void forgetAll() {
        forgot = true;
        attempts.values().forEach(attempt -> attempt.end = new AttemptEnd.Lost("nobody knows"));
    }

    private Attempt attempt(Name name) {
        return Objects.requireNonNull(attempts.get(name));
    }

    private List<Name> running() {
        var running = new ArrayList<Name>();
        attempts.forEach(
                (name, attempt) -> {
                    if (attempt.end == null) {
                        running.add(name);
                    }
                });
        return running;
    }

    private AttemptEnd someEnd() {
        return switch (random.nextInt(20)) {
            case 0, 1 -> new AttemptEnd.Failed(1, "exit code 1");
            case 2 -> new AttemptEnd.Evicted("preempted");
            case 3 -> new AttemptEnd.Lost("forgotten");
            case 4 -> new AttemptEnd.StagingFailed("no network");
            case 5 -> new AttemptEnd.Cancelled();
            default -> new AttemptEnd.Succeeded();
        };
    }
}
