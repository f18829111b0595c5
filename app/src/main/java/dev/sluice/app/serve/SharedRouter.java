package dev.sluice.app.serve;

import dev.sluice.app.rest.Uploads;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's routes on the router that the streams and pages are on: one port for all. */
final class SharedRouter extends VertxPlatformHttpRouter {
    private final Uploads uploads;

    private SharedRouter(Vertx vertx, Router router, Uploads uploads) {
        super(null, vertx, router, PLATFORM_HTTP_ROUTER_NAME_ZERO);
        this.uploads = uploads;
    }

    static void bind(CamelContext camel, Vertx vertx, Router router, Uploads uploads) {
        camel.getRegistry()
                .bind(PLATFORM_HTTP_ROUTER_NAME_ZERO, new SharedRouter(vertx, router, uploads));
    }

    @Override
    public Handler<RoutingContext> bodyHandler() {
        return uploads;
    }
}
