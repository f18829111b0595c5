package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.host.HostedRun;

import java.io.IOException;

/** Is told that a run has ended: once as a rule, again where the server broke off meanwhile. */
@FunctionalInterface
public interface EndListener {
    /** Writes down what there is to do about it before it returns. */
    void ended(HostedRun run, CatalogueRow row) throws IOException;
}
