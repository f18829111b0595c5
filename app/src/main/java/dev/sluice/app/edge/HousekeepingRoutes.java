package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.host.Runs;
import dev.sluice.app.settings.ServerSettings;

import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** From time to time deletes what the settings want kept no longer. */
public final class HousekeepingRoutes extends RouteBuilder {
    private final Housekeeping housekeeping;
    private final int everyMinutes;

    /**
     * @param rows the catalogue's row of a run
     * @param incoming where uploads under way lie
     * @param log is told what was deleted and what could not be, a line each
     */
    public HousekeepingRoutes(
            ServerSettings.Retention settings,
            Runs runs,
            Function<String, @Nullable CatalogueRow> rows,
            Path incoming,
            Consumer<String> log,
            InstantSource clock) {
        housekeeping = new Housekeeping(settings, runs, rows, incoming, log, clock);
        everyMinutes = settings.everyMinutes();
    }

    @Override
    public void configure() {
        // Not at once: whoever starts a server with a wrong setting may still see it.
        long period = Duration.ofMinutes(everyMinutes).toMillis();
        from("timer:housekeeping?delay=60000&period=" + period)
                .routeId("housekeeping")
                .process(_ -> housekeeping.tidy());
    }
}
