package dev.sluice.engine.run;

import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * What a run's journal tells of its earlier lives, beyond where its tasks stand: the attempts that
 * are open, and what had failed for good. Never decides.
 */
final class Recall {
    private final SequencedMap<Key, Open> open = new LinkedHashMap<>();
    private final SequencedMap<Key, String> failed = new LinkedHashMap<>();
    private Fact.Origin present = Fact.Origin.UNKNOWN;

    /**
     * An attempt without an end.
     *
     * @param jobs what it is to make
     * @param origin of the engine that started it
     * @param stopped it was to be stopped when that engine ended
     * @param cores how many it uses
     * @param handed what its executor was given; null where it was never told
     */
    record Open(
            int attempt,
            int tryNumber,
            Fact.Origin origin,
            boolean stopped,
            int cores,
            List<PlannedJob> jobs,
            @Nullable List<HandedJob> handed) {
        Open stoppedNow() {
            return new Open(attempt, tryNumber, origin, true, cores, jobs, handed);
        }
    }

    private Recall() {}

    /** A run in its first life has nothing to recall. */
    static Recall nothing() {
        return new Recall();
    }

    /** Reads the journal once, and tells every fact to {@code each} too. */
    static Recall read(RunFolder folder, Consumer<Fact> each) {
        var recall = new Recall();
        JournalReader.read(
                folder.journal(),
                0,
                entry -> {
                    recall.take(entry.fact());
                    each.accept(entry.fact());
                });
        return recall;
    }

    private void take(Fact fact) {
        switch (fact) {
            case Fact.AttemptStarted(
                            var task,
                            int attempt,
                            int tryNumber,
                            _,
                            var needs,
                            var jobs) ->
                    open.put(
                            task,
                            new Open(
                                    attempt,
                                    tryNumber,
                                    present,
                                    false,
                                    needs.threads(),
                                    jobs,
                                    null));
            case Fact.AttemptHandedOver(var task, int attempt, var handed) ->
                    open.computeIfPresent(
                            task,
                            (_, known) ->
                                    new Open(
                                            attempt,
                                            known.tryNumber(),
                                            known.origin(),
                                            known.stopped(),
                                            known.cores(),
                                            known.jobs(),
                                            handed));
            case Fact.TaskSettled(var task, _, var verdict) -> {
                open.remove(task);
                if (verdict instanceof Verdict.Failed(String reason)) {
                    failed.put(task, reason);
                }
            }
            case Fact.RetryRequested(var task) -> failed.remove(task);
            case Fact.PlanMade _, Fact.RunEnded _ -> failed.clear();
            case Fact.StopRequested(boolean now) -> {
                if (now) {
                    open.replaceAll((_, attempt) -> attempt.stoppedNow());
                }
            }
            case Fact.RunStarted started -> present = started.origin();
            case Fact.RunResumed resumed -> present = resumed.origin();
            default -> {}
        }
    }

    /**
     * Whether the machine was restarted since the attempt began: then nothing of it can be trusted,
     * for what it had written may be lost.
     */
    boolean restartedSince(Open attempt) {
        Fact.Origin began = attempt.origin();
        return began.host().equals(present.host())
                && began.boot().length() > 1
                && !began.boot().equals(present.boot());
    }

    /** The open attempt of the task, or null. */
    @Nullable Open openOf(Key task) {
        return open.get(task);
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Why tasks had failed for good when the run was broken off. */
    SequencedMap<Key, String> failed() {
        return failed;
    }
}
