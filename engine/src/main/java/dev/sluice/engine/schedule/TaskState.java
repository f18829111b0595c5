package dev.sluice.engine.schedule;

/**
 * Where one task stands. What belongs to a state lives in it, so that it cannot exist in another.
 */
public sealed interface TaskState {
    /** Not over, and no attempt of it may exist. */
    default boolean isIdle() {
        return switch (this) {
            case Waiting _, Ready _, Evaluating _, Queued _, Delayed _ -> true;
            case Open _, Replanning _, Ended _ -> false;
        };
    }

    /** Some needed tasks have not succeeded yet. */
    record Waiting(int unfinished) implements TaskState {}

    /** All it needs is there; nothing was asked for yet. */
    record Ready() implements TaskState {}

    /** Its needs for the coming attempt are being asked for. */
    record Evaluating(int attempt) implements TaskState {}

    /** Waits for free resources. */
    record Queued(int attempt, Needs needs, String executor) implements TaskState {}

    /** The states in which an attempt may exist. */
    sealed interface Open extends TaskState {
        int attempt();
    }

    /** Handed to the executor. */
    record Submitted(int attempt, Needs needs, String executor) implements Open {}

    /** Handed over in an earlier life of the engine; the executor is being asked. */
    record Adopting(int attempt, Needs needs, String executor) implements Open {}

    record Running(int attempt, Needs needs, String executor) implements Open {}

    /**
     * The attempt ended; its files are being looked after. It keeps its resources until that is
     * done: the next task may need the room that temporary files take.
     */
    record Settling(int attempt, AttemptEnd end, Needs needs) implements Open {}

    /** A new attempt is due after a while. {@code attempt} is the one to come. */
    record Delayed(int attempt) implements TaskState {}

    /** A checkpoint that succeeded; the plan is being changed. */
    record Replanning(int attempt) implements TaskState {}

    /** Over, one way or another. */
    sealed interface Ended extends TaskState {}

    record Succeeded() implements Ended {}

    record Failed(String reason) implements Ended {}

    /** Never ran, because a task that it needs did not succeed. */
    record Abandoned(int because) implements Ended {}

    record Cancelled() implements Ended {}

    /** No part of the changed plan. */
    record Removed() implements Ended {}
}
