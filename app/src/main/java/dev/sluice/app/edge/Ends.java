package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.catalogue.RowListener;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.settings.ServerSettings.End;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds in the rows of the catalogue those runs that have ended, and tells each end at least once,
 * over restarts of the server and the loss of the catalogue too: the file {@code told} in the run's
 * home names the last end that all have been told of.
 */
public final class Ends implements RowListener {
    private final Runs runs;
    private final List<EndListener> listeners;

    public Ends(Runs runs, List<EndListener> listeners) {
        this.runs = runs;
        this.listeners = List.copyOf(listeners);
    }

    /** Differs for each end of a run, and is the same whenever that end is told. */
    static String mark(HostedRun run, CatalogueRow row) {
        // A run that never came to a plan leaves no facts, but each try prints why.
        long when = row.lastFact() >= 0 ? row.lastFact() : run.engineLog().toFile().length();
        return row.state() + "-" + when;
    }

    @Override
    public void changed(HostedRun run, CatalogueRow row) {
        // A run that has just ended, or that is about to be gone on with, still has its engine.
        if (End.of(row.state()) == null || runs.isActive(run)) {
            return;
        }
        Path told = run.home().resolve("told");
        String end = mark(run, row) + "\n";
        try {
            if (Files.exists(told) && Files.readString(told).equals(end)) {
                return;
            }
            for (EndListener listener : listeners) {
                listener.ended(run, row);
            }
            WholeFile.write(told, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
