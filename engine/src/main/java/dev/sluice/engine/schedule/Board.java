package dev.sluice.engine.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Where every task stands, and what follows from it: free resources, the queue, the counts. {@link
 * #set} is the only way to move a task, so these cannot fall out of step. Decides nothing.
 */
final class Board {
    private final Policy.Maker policies;
    private Workload workload;
    private Capacity capacity;
    private Amounts free;
    private Policy queue;
    private TaskState[] states;
    private int[] attempts;
    private final Tally tally = new Tally();
    private List<Integer> becameReady = new ArrayList<>();

    Board(Workload workload, Limits limits, Policy.Maker policies) {
        this.workload = workload;
        this.policies = policies;
        capacity = new Capacity(limits);
        free = capacity.whole();
        queue = policies.make(free.size());
        states = new TaskState[0];
        attempts = new int[0];
        grow(workload);
    }

    Workload workload() {
        return workload;
    }

    boolean knows(int task) {
        return task >= 0 && task < states.length;
    }

    int size() {
        return states.length;
    }

    TaskState stateOf(int task) {
        return states[task];
    }

    /** The number of the task's latest attempt, asked for or started; 0 for none. */
    int attemptOf(int task) {
        return attempts[task];
    }

    void countAttempt(int task, int attempt) {
        attempts[task] = Math.max(attempts[task], attempt);
    }

    Capacity capacity() {
        return capacity;
    }

    Amounts free() {
        return free;
    }

    /** The queued task to start next, or -1. */
    int choose() {
        return queue.size() == 0 ? -1 : queue.choose(free);
    }

    void set(int task, TaskState next) {
        TaskState before = states[task];
        if (before instanceof TaskState.Queued) {
            queue.remove(task);
        }
        tally.remove(before);
        tally.add(next);
        states[task] = next;
        move(heldBy(before), heldBy(next));
        if (next instanceof TaskState.Queued(_, Needs needs, _)) {
            queue.add(task, capacity.demandOf(needs), workload.priority(task));
        } else if (next instanceof TaskState.Ready) {
            becameReady.add(task);
        }
    }

    /** The tasks that became ready since this was asked, in the order in which they did. */
    List<Integer> takeReady() {
        if (becameReady.isEmpty()) {
            return List.of();
        }
        List<Integer> taken = becameReady;
        becameReady = new ArrayList<>();
        return taken;
    }

    /**
     * Puts a task that is not over back among those that wait for their needs; abandons it when one
     * cannot come.
     */
    void await(int task) {
        int unfinished = 0;
        for (int i = 0; i < workload.needCount(task); i++) {
            int need = workload.need(task, i);
            switch (states[need]) {
                case TaskState.Succeeded() -> {}
                case TaskState.Ended _ -> {
                    set(task, new TaskState.Abandoned(need));
                    abandonDependents(task);
                    return;
                }
                default -> unfinished++;
            }
        }
        set(task, unfinished == 0 ? new TaskState.Ready() : new TaskState.Waiting(unfinished));
    }

    int unfinishedNeeds(int task) {
        int unfinished = 0;
        for (int i = 0; i < workload.needCount(task); i++) {
            if (!(states[workload.need(task, i)] instanceof TaskState.Succeeded)) {
                unfinished++;
            }
        }
        return unfinished;
    }

    List<Integer> dependentsOf(List<Integer> tasks) {
        var dependents = new ArrayList<Integer>();
        for (int task : tasks) {
            for (int i = 0; knows(task) && i < workload.dependentCount(task); i++) {
                dependents.add(workload.dependent(task, i));
            }
        }
        return dependents;
    }

    void succeed(int task) {
        set(task, new TaskState.Succeeded());
        for (int i = 0; i < workload.dependentCount(task); i++) {
            int dependent = workload.dependent(task, i);
            if (states[dependent] instanceof TaskState.Waiting(int unfinished)) {
                set(
                        dependent,
                        unfinished == 1
                                ? new TaskState.Ready()
                                : new TaskState.Waiting(unfinished - 1));
            }
        }
    }

    /** Ends a task without success; what waits for it, near or far, is abandoned. */
    void end(int task, TaskState.Ended state) {
        set(task, state);
        abandonDependents(task);
    }

    private void abandonDependents(int ended) {
        Deque<Integer> left = new ArrayDeque<>();
        left.add(ended);
        while (!left.isEmpty()) {
            int task = left.remove();
            for (int i = 0; i < workload.dependentCount(task); i++) {
                int dependent = workload.dependent(task, i);
                if (states[dependent] instanceof TaskState.Waiting) {
                    set(dependent, new TaskState.Abandoned(task));
                    left.add(dependent);
                }
            }
        }
    }

    /** The workload with tasks appended, which wait for their needs from now on. */
    void grow(Workload larger) {
        int before = states.length;
        int after = larger.taskCount();
        if (after < before) {
            throw new IllegalArgumentException(
                    "a changed plan keeps the ints of its tasks: " + after + " < " + before);
        }
        workload = larger;
        states = Arrays.copyOf(states, after);
        attempts = Arrays.copyOf(attempts, after);
        for (int task = before; task < after; task++) {
            states[task] = new TaskState.Waiting(0);
            tally.add(states[task]);
        }
        for (int task = before; task < after; task++) {
            await(task);
        }
    }

    /**
     * Something that had ended goes on: what was abandoned waits again, unless another of its needs
     * cannot come. Looks at all tasks, for needs may have been rewired since.
     */
    void awaitAbandoned() {
        var abandoned = new ArrayList<Integer>();
        for (int task = 0; task < states.length; task++) {
            if (states[task] instanceof TaskState.Abandoned) {
                abandoned.add(task);
            }
        }
        abandoned.forEach(task -> set(task, new TaskState.Waiting(0)));
        abandoned.forEach(this::await);
    }

    /** Begins anew under a plan just made: only open attempts last. */
    void restart() {
        for (int task = 0; task < states.length; task++) {
            if (!(states[task] instanceof TaskState.Open)) {
                set(task, new TaskState.Waiting(0));
            }
        }
        for (int task = 0; task < states.length; task++) {
            if (!(states[task] instanceof TaskState.Open)) {
                await(task);
            }
        }
    }

    /**
     * Other limits: demands are measured anew. What runs is left alone, even when less than nothing
     * is free then.
     */
    void resize(Limits limits) {
        capacity = new Capacity(limits);
        free = capacity.whole();
        queue = policies.make(free.size());
        for (int task = 0; task < states.length; task++) {
            free = free.minus(heldBy(states[task]));
            if (states[task] instanceof TaskState.Queued(_, Needs needs, _)) {
                queue.add(task, capacity.demandOf(needs), workload.priority(task));
            }
        }
    }

    TaskCounts counts() {
        return tally.counts();
    }

    private void move(Amounts released, Amounts taken) {
        if (!released.equals(taken)) {
            free = free.plus(released).minus(taken);
        }
    }

    private Amounts heldBy(TaskState state) {
        return switch (state) {
            case TaskState.Submitted(_, Needs needs, _) -> capacity.demandOf(needs);
            case TaskState.Adopting(_, Needs needs, _) -> capacity.demandOf(needs);
            case TaskState.Running(_, Needs needs, _) -> capacity.demandOf(needs);
            case TaskState.Settling(_, _, Needs needs) -> capacity.demandOf(needs);
            default -> capacity.nothing();
        };
    }

    /** For tests: what is kept in step is counted again from the states. */
    void check() {
        Amounts expected = capacity.whole();
        int queued = 0;
        var counted = new Tally();
        for (int task = 0; task < states.length; task++) {
            expected = expected.minus(heldBy(states[task]));
            counted.add(states[task]);
            if (states[task] instanceof TaskState.Queued) {
                queued++;
            }
            checkNeeds(task);
        }
        verify(expected.equals(free), "free is " + free + ", not " + expected);
        verify(queued == queue.size(), "the queue has " + queue.size() + " of " + queued);
        verify(tally.agreesWith(counted), "the tally is wrong");
    }

    private void checkNeeds(int task) {
        int unfinished = unfinishedNeeds(task);
        switch (states[task]) {
            case TaskState.Waiting(int waited) ->
                    verify(
                            waited == unfinished && waited > 0,
                            "task " + task + " waits for " + waited + " of " + unfinished);
            case TaskState.Ready _,
                    TaskState.Evaluating _,
                    TaskState.Queued _,
                    TaskState.Delayed _,
                    TaskState.Succeeded _ ->
                    verify(
                            unfinished == 0,
                            "task " + task + " is " + states[task] + " with needs unfinished");
            case TaskState.Abandoned(int because) ->
                    verify(
                            states[because] instanceof TaskState.Ended,
                            "task " + task + " is abandoned for nothing");
            default -> {}
        }
    }

    private static void verify(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
