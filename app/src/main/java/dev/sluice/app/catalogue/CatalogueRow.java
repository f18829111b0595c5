package dev.sluice.app.catalogue;

import java.util.List;

/**
 * A run as lists show it. Times are milliseconds since 1970, -1 where there is none.
 *
 * @param state the word of {@link dev.sluice.engine.view.RunStanding.State}; a run that nobody
 *     plans or runs, and that has not ended, is {@code broken-off}
 * @param bytes of the workflow as it was unpacked
 * @param running jobs at work
 * @param queued jobs handed to an executor that do not run yet
 * @param shown where the last record of the journal that this shows begins; -1 where it shows none
 */
public record CatalogueRow(
        String id,
        String owner,
        String name,
        String state,
        List<String> words,
        long bytes,
        long submitted,
        long started,
        long ended,
        long lastFact,
        int done,
        int total,
        int failures,
        int retries,
        int running,
        int queued,
        long shown) {
    /** The state of a run whose journal is damaged, as {@code sluice runs} says it. */
    public static final String UNREADABLE = "unreadable";

    public CatalogueRow {
        words = List.copyOf(words);
    }
}
