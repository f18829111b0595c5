package dev.sluice.app.serve;

import dev.sluice.app.access.Principal;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is before the parts of a server, alone on a port; behind it something that answers with the
 * principal that it was told. Asked with plain text: a client would tidy up what is sent.
 */
final class Doors implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int port;

    Doors(Consumer<Router> mounting) throws Exception {
        Router router = Router.router(vertx);
        mounting.accept(router);
        router.route("/api/*")
                .handler(
                        context ->
                                context.response()
                                        .end(
                                                "for "
                                                        + context.request()
                                                                .headers()
                                                                .getAll(Principal.HEADER)));
        var server =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    int port() {
        return port;
    }

    /** The whole answer, head and body; lines of the request without their ends. */
    String asks(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** With a body of a form. */
    String posts(String path, String body, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request =
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + body.length()
                            + "\r\nConnection: close\r\n"
                            + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                            + "\r\n"
                            + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
