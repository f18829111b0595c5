package dev.sluice.engine.schedule;

import java.util.Arrays;

/** How many tasks stand in each kind of state. */
final class Tally {
    private static final int WAITING = 0;
    private static final int EVALUATING = 1;
    private static final int QUEUED = 2;
    private static final int OPEN = 3;
    private static final int DELAYED = 4;
    private static final int REPLANNING = 5;
    private static final int SUCCEEDED = 6;
    private static final int FAILED = 7;
    private static final int ABANDONED = 8;
    private static final int CANCELLED = 9;
    private static final int REMOVED = 10;

    private final int[] counts = new int[REMOVED + 1];

    void add(TaskState state) {
        counts[kind(state)]++;
    }

    void remove(TaskState state) {
        counts[kind(state)]--;
    }

    boolean agreesWith(Tally other) {
        return Arrays.equals(counts, other.counts);
    }

    TaskCounts counts() {
        return new TaskCounts(
                counts[WAITING],
                counts[EVALUATING],
                counts[QUEUED],
                counts[OPEN],
                counts[DELAYED],
                counts[REPLANNING],
                counts[SUCCEEDED],
                counts[FAILED],
                counts[ABANDONED],
                counts[CANCELLED],
                counts[REMOVED]);
    }

    private static int kind(TaskState state) {
        return switch (state) {
            case TaskState.Waiting _, TaskState.Ready _ -> WAITING;
            case TaskState.Evaluating _ -> EVALUATING;
            case TaskState.Queued _ -> QUEUED;
            case TaskState.Open _ -> OPEN;
            case TaskState.Delayed _ -> DELAYED;
            case TaskState.Replanning _ -> REPLANNING;
            case TaskState.Succeeded _ -> SUCCEEDED;
            case TaskState.Failed _ -> FAILED;
            case TaskState.Abandoned _ -> ABANDONED;
            case TaskState.Cancelled _ -> CANCELLED;
            case TaskState.Removed _ -> REMOVED;
        };
    }
}
