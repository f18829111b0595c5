package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is scheduled: one job, or jobs that go together. Only jobs that run are in a task.
 *
 * @param id its number within the plan, from 0
 * @param key the same in every plan that has this task
 * @param kind how its jobs go together
 * @param group the id that the user gave, or null
 * @param jobs all of them, in the order they become ready
 * @param levels the jobs by layers: each needs only those of earlier layers, or streams of its own
 * @param needs tasks that have to be done before
 */
public record Task(
        int id,
        String key,
        Kind kind,
        @Nullable String group,
        List<Integer> jobs,
        List<List<Integer>> levels,
        List<Integer> needs) {
    /**
     * {@code TOGETHER}: all at the same time, for pipes and services; {@code LAYERS}: a user's
     * group.
     */
    public enum Kind {
        ONE,
        TOGETHER,
        LAYERS
    }
}
