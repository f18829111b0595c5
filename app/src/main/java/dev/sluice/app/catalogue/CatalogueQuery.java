package dev.sluice.app.catalogue;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which runs a list is to have; the newest come first.
 *
 * @param states any of these; all where it is empty
 * @param owner exactly; null for all
 * @param text found in the id, the name, the owner or the words, whatever the case; null for all
 * @param after the id that the page before ended with; null for the first page
 * @param limit how many at most, from 1
 */
public record CatalogueQuery(
        List<String> states,
        @Nullable String owner,
        @Nullable String text,
        @Nullable String after,
        int limit) {
    public CatalogueQuery {
        states = List.copyOf(states);
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row");
        }
    }

    /** The newest ones. */
    public static CatalogueQuery all(int limit) {
        return new CatalogueQuery(List.of(), null, null, null, limit);
    }
}
