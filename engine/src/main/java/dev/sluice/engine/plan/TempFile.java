package dev.sluice.engine.plan;

import java.util.List;

/**
 * A temporary output that may go once all of {@code neededBy} are done (and its producer, where
 * that runs). Targets are never listed.
 */
public record TempFile(String path, int producer, List<Integer> neededBy) {}
