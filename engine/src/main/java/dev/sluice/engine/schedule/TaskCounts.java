package dev.sluice.engine.schedule;

/** How many tasks stand where. */
public record TaskCounts(
        int waiting,
        int evaluating,
        int queued,
        int open,
        int delayed,
        int replanning,
        int succeeded,
        int failed,
        int abandoned,
        int cancelled,
        int removed) {}
