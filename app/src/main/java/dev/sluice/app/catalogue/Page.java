package dev.sluice.app.catalogue;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Part of a list.
 *
 * @param next what to ask for behind it; null where nothing follows
 */
public record Page(List<CatalogueRow> rows, @Nullable String next) {
    public Page {
        rows = List.copyOf(rows);
    }
}
