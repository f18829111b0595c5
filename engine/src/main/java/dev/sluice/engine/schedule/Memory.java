package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the facts of earlier lives: finds the task behind each key, and keeps what has none.
 * Decides nothing.
 */
final class Memory {
    private static final int UNKNOWN = -1;

    private final Board board;
    private final Effects effects;
    private final Map<Key, Integer> taskOf = new HashMap<>();
    private final Map<Key, OpenAttempt> orphans = new LinkedHashMap<>();
    private final Map<Key, Integer> attemptsOfUnknown = new HashMap<>();

    Memory(Board board, Effects effects) {
        this.board = board;
        this.effects = effects;
    }

    List<OpenAttempt> orphans() {
        return List.copyOf(orphans.values());
    }

    /** A task that comes into the plan now may have had attempts before; their names are taken. */
    void recall(int task) {
        if (!attemptsOfUnknown.isEmpty()) {
            board.countAttempt(task, attemptsOfUnknown.getOrDefault(board.workload().key(task), 0));
        }
    }

    void apply(Fact.Decided fact) {
        switch (fact) {
            case Fact.PlanMade _ -> effects.planMade();
            case Fact.PlanChanged(var checkpoints, _, var rewired, var removed, _) ->
                    effects.planChanged(tasks(checkpoints), tasks(rewired), tasks(removed));
            case Fact.AttemptStarted(var key, int attempt, _, var executor, var needs, _) ->
                    started(key, attempt, needs, executor);
            case Fact.AttemptRunning(var key, int attempt) -> running(key, attempt);
            case Fact.AttemptDisowned(var key, _) -> disowned(key);
            case Fact.AttemptEnded(var key, int attempt, var end) -> ended(key, attempt, end);
            case Fact.TaskSettled(var key, int attempt, var verdict) ->
                    settled(key, attempt, verdict);
            case Fact.StopRequested _ -> effects.stopRequested();
            case Fact.RetryRequested(var key) -> retried(key);
            case Fact.JobFinished _, Fact.JobFailed _, Fact.RunEnded _ -> {}
        }
    }

    private void started(Key key, int attempt, Needs needs, String executor) {
        int task = task(key);
        if (task == UNKNOWN) {
            orphans.put(key, new OpenAttempt(key, attempt, executor));
            attemptsOfUnknown.merge(key, attempt, Math::max);
        } else {
            effects.started(task, attempt, needs, executor);
        }
    }

    private void running(Key key, int attempt) {
        int task = task(key);
        if (task != UNKNOWN) {
            effects.running(task, attempt);
        }
    }

    private void disowned(Key key) {
        int task = task(key);
        if (task != UNKNOWN) {
            effects.disown(task);
        }
    }

    private void ended(Key key, int attempt, AttemptEnd end) {
        int task = task(key);
        if (task != UNKNOWN) {
            effects.ended(task, attempt, end);
        }
    }

    private void settled(Key key, int attempt, Verdict verdict) {
        int task = task(key);
        if (task == UNKNOWN) {
            orphans.remove(key);
        } else {
            effects.settled(task, attempt, verdict);
        }
    }

    private void retried(Key key) {
        int task = task(key);
        if (task != UNKNOWN) {
            effects.retryRequested(task);
        }
    }

    private List<Integer> tasks(List<Key> keys) {
        var found = new ArrayList<Integer>(keys.size());
        for (Key key : keys) {
            int task = task(key);
            if (task != UNKNOWN) {
                found.add(task);
            }
        }
        return found;
    }

    private int task(Key key) {
        for (int task = taskOf.size(); task < board.size(); task++) {
            taskOf.put(board.workload().key(task), task);
        }
        return taskOf.getOrDefault(key, UNKNOWN);
    }
}
