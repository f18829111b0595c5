package dev.sluice.engine.schedule;

/** What an attempt's end means for its task. */
public sealed interface Verdict {
    record Succeeded() implements Verdict {}

    /** One more attempt, paid from {@code budget}. */
    record Again(Budget budget) implements Verdict {}

    record Failed(String reason) implements Verdict {}

    record Cancelled() implements Verdict {}
}
