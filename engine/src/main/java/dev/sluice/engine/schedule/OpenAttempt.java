package dev.sluice.engine.schedule;

/** An attempt of an earlier life whose task is no part of the plan any more. */
public record OpenAttempt(Key task, int attempt, String executor) {}
