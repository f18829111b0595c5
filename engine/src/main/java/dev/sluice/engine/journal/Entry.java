package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;

/**
 * A fact in its place in a journal.
 *
 * @param millis when it was written, since 1970
 * @param offset where its record begins
 */
public record Entry(long millis, long offset, Fact fact) {}
