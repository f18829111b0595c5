package dev.sluice.engine.schedule;

import java.util.BitSet;
import java.util.List;

/**
 * What each fact means for the board. Deciding and restoring both come through here, so that a
 * restored scheduler stands where the facts left it, whatever newer code would decide.
 */
final class Effects {
    private final Board board;
    private final Accounts accounts = new Accounts();
    private final BitSet disowned = new BitSet();

    /** Checkpoints that succeeded under this plan: they are done, whatever came of its change. */
    private final BitSet doneCheckpoints = new BitSet();

    private boolean failed;
    private boolean stopAsked;

    Effects(Board board) {
        this.board = board;
    }

    boolean failed() {
        return failed;
    }

    boolean stopAsked() {
        return stopAsked;
    }

    int spent(int task, Budget budget) {
        return accounts.spent(task, budget);
    }

    /** What the user's functions see as {@code attempt}. */
    int tryNumber(int task) {
        return accounts.spent(task, Budget.RETRIES) + 1;
    }

    void planMade() {
        accounts.clear();
        failed = false;
        stopAsked = false;
        doneCheckpoints.clear();
        board.restart();
    }

    void started(int task, int attempt, Needs needs, String executor) {
        board.countAttempt(task, attempt);
        board.set(task, new TaskState.Submitted(attempt, needs, executor));
    }

    void disown(int task) {
        disowned.set(task);
    }

    boolean isDisowned(int task) {
        return disowned.get(task);
    }

    void running(int task, int attempt) {
        switch (board.stateOf(task)) {
            case TaskState.Submitted(_, Needs needs, String executor) ->
                    board.set(task, new TaskState.Running(attempt, needs, executor));
            case TaskState.Adopting(_, Needs needs, String executor) ->
                    board.set(task, new TaskState.Running(attempt, needs, executor));
            default -> {}
        }
    }

    void ended(int task, int attempt, AttemptEnd end) {
        switch (board.stateOf(task)) {
            case TaskState.Submitted(_, Needs needs, _) ->
                    board.set(task, new TaskState.Settling(attempt, end, needs));
            case TaskState.Adopting(_, Needs needs, _) ->
                    board.set(task, new TaskState.Settling(attempt, end, needs));
            case TaskState.Running(_, Needs needs, _) ->
                    board.set(task, new TaskState.Settling(attempt, end, needs));
            default -> {}
        }
    }

    void settled(int task, int attempt, Verdict verdict) {
        disowned.clear(task);
        switch (verdict) {
            case Verdict.Succeeded() -> {
                if (board.workload().checkpoint(task)) {
                    doneCheckpoints.set(task);
                    board.set(task, new TaskState.Replanning(attempt));
                } else {
                    board.succeed(task);
                }
            }
            case Verdict.Again(Budget budget) -> {
                accounts.spend(task, budget);
                board.await(task);
            }
            case Verdict.Failed(String reason) -> {
                failed = true;
                board.end(task, new TaskState.Failed(reason));
            }
            case Verdict.Cancelled() -> board.end(task, new TaskState.Cancelled());
        }
    }

    void retryRequested(int task) {
        if (!(board.stateOf(task) instanceof TaskState.Failed)) {
            return;
        }
        accounts.clear(task);
        if (doneCheckpoints.get(task)) {
            board.set(task, new TaskState.Replanning(board.attemptOf(task)));
        } else {
            board.await(task);
        }
        board.awaitAbandoned();
        failed = board.counts().failed() > 0;
    }

    void stopRequested() {
        stopAsked = true;
    }

    void planChanged(List<Integer> checkpoints, List<Integer> rewired, List<Integer> removed) {
        for (int task : removed) {
            if (board.stateOf(task).isIdle()
                    || board.stateOf(task) instanceof TaskState.Abandoned) {
                board.set(task, new TaskState.Removed());
            }
        }
        for (int task : checkpoints) {
            if (board.stateOf(task) instanceof TaskState.Replanning) {
                board.set(task, new TaskState.Succeeded());
            }
        }
        rewired.forEach(this::countAnew);
        board.dependentsOf(checkpoints).forEach(this::countAnew);
    }

    private void countAnew(int task) {
        if (board.stateOf(task).isIdle()) {
            board.await(task);
        }
    }
}
