package dev.sluice.app.serve;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

/**
 * Stands before the router: the port is taken before anything is begun, and what is asked before
 * all parts are there is told to come again, instead of that there is nothing here.
 */
final class Gate implements Handler<HttpServerRequest> {
    private volatile @Nullable Handler<HttpServerRequest> inside;

    /** From now on all requests go there. */
    void open(Handler<HttpServerRequest> router) {
        inside = router;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Handler<HttpServerRequest> router = inside;
        if (router != null) {
            router.handle(request);
            return;
        }
        String path = String.valueOf(request.path());
        var response = request.response();
        if (path.equals("/health/live")) {
            response.putHeader("Content-Type", "text/plain; charset=utf-8").end("live\n");
            return;
        }
        response.setStatusCode(503)
                .putHeader("Retry-After", "1")
                .putHeader("Content-Type", "application/problem+json")
                .end(
                        ProblemText.of(
                                503, "The server is starting", "try it again in a moment", path));
    }
}
