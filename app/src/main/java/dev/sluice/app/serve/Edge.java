package dev.sluice.app.serve;

import dev.sluice.app.rest.Uploads;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import java.util.List;

/** Camel, with the routes of all parts on the server's router. */
final class Edge implements AutoCloseable {
    /** What is under way in a route when the server ends is done again by its next life. */
    private static final long LAST_WORDS_SECONDS = 2;

    private final CamelContext camel = new DefaultCamelContext();

    Edge(Vertx vertx, Router router, Uploads uploads) {
        camel.getShutdownStrategy().setTimeout(LAST_WORDS_SECONDS);
        camel.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
        SharedRouter.bind(camel, vertx, router, uploads);
    }

    /** Returns when all of them answer. */
    void start(List<RoutesBuilder> routes) throws Exception {
        for (RoutesBuilder each : routes) {
            camel.addRoutes(each);
        }
        camel.start();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
