package dev.sluice.app.rest;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Principal;
import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.submit.Quota;
import dev.sluice.app.watch.Watches;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.impl.DefaultCamelContext;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The routes on a port of their own, as the server has them, over run folders of a test. */
final class RestServer implements AutoCloseable {
    static final long UPLOAD_BYTES = 1 << 20;

    final HostedRuns runs;
    final Catalogue catalogue;
    final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Asked by each request; may be changed. */
    volatile Access access = Access.OPEN;

    volatile Engines engines = new NoEngines();

    private final RestParts parts;
    private final Watches watches;
    private final Vertx vertx = Vertx.vertx();
    private final CamelContext camel = new DefaultCamelContext();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RestServer(Path data) {
        try {
            runs = new HostedRuns(data);
            catalogue = Catalogue.open(data.resolve("catalogue.mv.db"));
            watches = new Watches(runs);
            Path uploads = Files.createDirectories(data.resolve("uploads"));
            var router = Router.router(vertx);
            router.route().handler(RestServer::knowWhoAsks);
            var err = new PrintStream(log, true, StandardCharsets.UTF_8);
            FailureProblems.mount(router, err);
            camel.getRegistry()
                    .bind(
                            VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO,
                            new Shared(vertx, router, new Uploads(uploads, UPLOAD_BYTES)));
            parts =
                    new RestParts(
                            runs,
                            (principal, action, owner) -> access.may(principal, action, owner),
                            watches,
                            catalogue,
                            new Quota(UPLOAD_BYTES, 1 << 22, 1000),
                            new Passing(),
                            () -> Instant.parse("2026-11-24T11:00:00Z"),
                            err);
            camel.addRoutes(new RestRoutes(parts));
            camel.start();
            server =
                    vertx.createHttpServer()
                            .requestHandler(router)
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run that waits for a journal: `id` is that of a sketch made in its working folder. */
    HostedRun run(String id) {
        return runs.add(id, "grace", "flow");
    }

    List<Operation> operations() {
        return Operations.of(parts);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(String method, String path) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> postForm(String path, Form form) {
        return send(
                request(path)
                        .header("Content-Type", form.type())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes())));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.actualPort() + RestApi.ROOT + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        camel.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        watches.close();
        catalogue.close();
    }

    /** As the handler in front does it: what a client says of itself does not count. */
    private static void knowWhoAsks(RoutingContext context) {
        context.request().headers().set(Principal.HEADER, "grace");
        context.next();
    }

    private final class Passing implements Engines {
        @Override
        public int dryRun(Path folder, List<String> words, Terminal terminal) {
            return engines.dryRun(folder, words, terminal);
        }

        @Override
        public int explain(Path folder, List<String> words, Terminal terminal) {
            return engines.explain(folder, words, terminal);
        }
    }

    private static final class NoEngines implements Engines {
        @Override
        public int dryRun(Path folder, List<String> words, Terminal terminal) {
            throw new AssertionError("nothing is to be planned");
        }

        @Override
        public int explain(Path folder, List<String> words, Terminal terminal) {
            throw new AssertionError("nothing is to be explained");
        }
    }

    private static final class Shared extends VertxPlatformHttpRouter {
        private final Uploads uploads;

        Shared(Vertx vertx, Router router, Uploads uploads) {
            super(null, vertx, router, PLATFORM_HTTP_ROUTER_NAME_ZERO);
            this.uploads = uploads;
        }

        @Override
        public Handler<RoutingContext> bodyHandler() {
            return uploads;
        }
    }
}
