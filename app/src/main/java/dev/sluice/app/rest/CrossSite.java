package dev.sluice.app.rest;

import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Keeps pages of other sites from using the server through the browser of somebody who can reach
 * it: a server without logins would otherwise run what any page on the web posts to it.
 */
final class CrossSite {
    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");

    private CrossSite() {}

    /** The answer for a request that another site caused, or null. */
    static @Nullable Answer refused(HttpServerRequest request) {
        if (READING.contains(request.method().name())) {
            return null;
        }
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        String host = request.getHeader("Host");
        boolean foreign = origin != null && !origin.replaceFirst("^https?://", "").equals(host);
        if (!foreign && !"cross-site".equals(site)) {
            return null;
        }
        return Answer.of(
                new Problem(
                        403, "Forbidden", "the request comes from a page of another site", null),
                RestRoutes.path(request));
    }
}
