package dev.sluice.app.rest;

import dev.sluice.app.access.OtherSite;

import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

/** Refuses what a page of another site asks for, also where no front door stands before the API. */
final class CrossSite {
    private CrossSite() {}

    /** The answer for a request that another site caused, or null. */
    static @Nullable Answer refused(HttpServerRequest request) {
        if (!OtherSite.changes(
                request.method().name(),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Host"))) {
            return null;
        }
        return Answer.of(
                new Problem(
                        403, "Forbidden", "the request comes from a page of another site", null),
                RestRoutes.path(request));
    }
}
