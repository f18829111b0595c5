package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;

/**
 * Is told of rows of the catalogue, one at a time. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface RowListener {
    /** Each run once at the start, then whenever one changed; at most once a second a run. */
    void changed(HostedRun run, CatalogueRow row);
}
