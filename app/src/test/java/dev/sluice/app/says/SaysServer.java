package dev.sluice.app.says;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Principal;
import dev.sluice.app.host.Runs;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

import java.util.Map;

/** The handler on a port of its own. Who asks is said by the header {@code As}. */
public final class SaysServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final SaysHandler handler;
    private final HttpServer http;

    public SaysServer(Runs runs, Access access) {
        this(runs, access, 0);
    }

    /**
     * @param port 0: any
     */
    public SaysServer(Runs runs, Access access, int port) {
        handler = new SaysHandler(runs, access, Map.of("PATH", System.getenv("PATH")));
        Router router = Router.router(vertx);
        router.route()
                .handler(
                        context -> {
                            String as = context.request().getHeader("As");
                            if (as != null) {
                                context.request().headers().set(Principal.HEADER, as);
                            }
                            context.next();
                        });
        handler.mount(router);
        http =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(port, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return http.actualPort();
    }

    /** How many commands are at work. */
    public int atWork() {
        return handler.atWork();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
