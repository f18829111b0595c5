package dev.sluice.app.serve;

import dev.sluice.app.console.UsageError;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one port that all is behind. */
final class Port {
    private static final int LINE_BYTES = 16_384;
    private static final int FORM_TEXT_BYTES = 1 << 18;
    private static final long LISTEN_SECONDS = 30;

    private Port() {}

    /**
     * Takes it; closed with {@code vertx}. The URL under which it is reached, without a slash at
     * the end.
     *
     * @throws UsageError where it cannot be had
     */
    static String listen(Vertx vertx, ServeOptions options, Gate gate)
            throws InterruptedException, TimeoutException {
        HttpServer http =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost(options.host())
                                .setPort(options.port())
                                .setMaxInitialLineLength(LINE_BYTES)
                                .setMaxFormAttributeSize(FORM_TEXT_BYTES)
                                .setCompressionSupported(true));
        try {
            http.requestHandler(gate)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_SECONDS, TimeUnit.SECONDS);
            return address(options.host(), http.actualPort());
        } catch (ExecutionException e) {
            throw new UsageError(
                    "cannot listen on "
                            + address(options.host(), options.port())
                            + ": "
                            + reason(e.getCause()),
                    "another port: --port N (0: a free one)");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof IOException && cause.getMessage() != null
                ? String.valueOf(cause.getMessage())
                : String.valueOf(cause);
    }

    private static String address(String host, int port) {
        String named = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + named + ":" + port;
    }
}
