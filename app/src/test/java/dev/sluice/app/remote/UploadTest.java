package dev.sluice.app.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.runs.Said;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Forms as they arrive at the kind of server that takes them. */
class UploadTest {
    private static final long LIMIT = 8_000_000;

    @TempDir Path here;
    @TempDir Path arrived;
    private final Vertx vertx = Vertx.vertx();
    private final List<Long> sizes = new CopyOnWriteArrayList<>();
    private final List<String> words = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer http;

    @BeforeEach
    void begin() throws IOException {
        Router router = Router.router(vertx);
        router.get("/api/v1/runs")
                .handler(
                        context ->
                                context.response()
                                        .putHeader("Content-Type", "application/json")
                                        .end("{\"runs\":[]}"));
        router.post("/api/v1/runs")
                .handler(BodyHandler.create(arrived.toString()).setBodyLimit(LIMIT))
                .handler(this::accept)
                .failureHandler(UploadTest::refuse);
        http =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        Files.writeString(here.resolve("Snakefile"), "");
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aLargeWorkflowArrivesWholeAndIsNeverWholeInMemory() throws IOException {
        fill("reads", 5_000_000);
        assertThat(submit()).isEqualTo(0);
        assertThat(sizes)
                .singleElement()
                .satisfies(size -> assertThat(size).isGreaterThan(5_000_000));
        assertThat(words).containsExactly("[\"--cores\",\"2\"]");
    }

    @Test
    void whatIsLargerThanTheServerTakesIsRefusedInItsWordsWhileItIsSent() throws IOException {
        fill("reads", 60_000_000);
        var said = new Said();
        assertThat(submit(said)).isEqualTo(2);
        assertThat(said.err()).contains("error: it is larger than 8 MB");
        assertThat(said.out()).isEmpty();
    }

    private void accept(RoutingContext context) {
        context.fileUploads().forEach(file -> sizes.add(file.size()));
        words.add(String.valueOf(context.request().getFormAttribute("words")));
        context.response()
                .setStatusCode(201)
                .end(Buffer.buffer("{\"run\":\"20261124-100000-000\",\"state\":\"queued\"}"));
    }

    private static void refuse(RoutingContext context) {
        if (context.response().headWritten()) {
            return;
        }
        context.response()
                .setStatusCode(context.statusCode() < 0 ? 500 : context.statusCode())
                .putHeader("Content-Type", "application/problem+json")
                .end("{\"detail\":\"it is larger than 8 MB\"}");
    }

    /** With what cannot be packed any smaller. */
    private void fill(String name, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        Files.write(here.resolve(name), noise);
    }

    private int submit() {
        return submit(new Said());
    }

    private int submit(Said said) {
        return new SubmitCommand(
                        said.terminal(),
                        here,
                        Map.of("SLUICE_SERVER", "http://127.0.0.1:" + http.actualPort()),
                        Backoff.USUAL)
                .guarded(List.of("-c", "2"));
    }
}
