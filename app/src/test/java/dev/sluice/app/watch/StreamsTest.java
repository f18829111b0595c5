package dev.sluice.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Principal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.schedule.RunOutcome;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

class StreamsTest {
    private static final String ID = "20261124-100000-000";

    @TempDir Path data;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Access access = (who, what, owner) -> !who.name().equals("mallory");
    private FolderRuns runs;
    private HostedRun run;
    private WrittenRun written;
    private Watches watches;
    private Streams streams;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        runs = new FolderRuns(data);
        run = runs.add(ID, "grace");
        written = WrittenRun.begun(run).planned(0, 1, 2, 3);
        start();
    }

    @AfterEach
    void stop() throws Exception {
        shutDown();
        written.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
        client.shutdownNow();
    }

    @Test
    void aSnapshotIsGivenWhole() throws Exception {
        written.started(1, 1);
        await().untilAsserted(
                        () -> {
                            var watcher = snapshot();
                            assertThat(watcher.size()).isEqualTo(4);
                            assertThat(watcher.state(1)).isEqualTo(1);
                            assertThat(watcher.state(0)).isZero();
                            assertThat(watcher.head("owner")).isEqualTo("grace");
                        });
    }

    @Test
    void deltasFollowTheRunToItsEnd() throws Exception {
        Watcher watcher = snapshot();
        try (var events = follow(watcher)) {
            written.started(1, 1).running(1, 1);
            await().until(() -> watcher.state(1) == 3);
            written.finished(1, 1);
            await().until(() -> watcher.state(1) == 5);
            written.ended(RunOutcome.SUCCEEDED);
            runs.setActive(run, false);
            await().until(events::ended);
            assertThat(events.names().getLast()).isEqualTo("end");
            assertThat(events.broken()).isFalse();
            assertThat(watcher.head("state")).isEqualTo("succeeded");
        }
        assertThat(watcher.text()).isEqualTo(snapshot().text());
        await().until(() -> streams.open() == 0);
    }

    @Test
    void nothingIsToldWhileNothingChanges() throws Exception {
        Watcher watcher = snapshot();
        try (var events = follow(watcher)) {
            await().until(() -> events.events().size() == 1);
            await().during(Duration.ofMillis(1200)).until(() -> events.events().size() == 1);
        }
    }

    @Test
    void aWatcherThatComesBackGoesOnWhereItWas() throws Exception {
        Watcher watcher = snapshot();
        written.started(1, 1);
        try (var _ = follow(watcher)) {
            await().until(() -> watcher.state(1) == 1);
        }
        written.started(2, 1).finished(1, 1);
        // As a browser does: the address is what it was, the header says where it is.
        try (var events =
                SseReader.open(
                        client,
                        url("/runs/" + ID + "/events?after=old"),
                        event -> watcher.apply(event.data()),
                        "Last-Event-ID",
                        watcher.seq)) {
            await().until(() -> watcher.state(1) == 5 && watcher.state(2) == 1);
            assertThat(events.names()).containsOnly("delta");
        }
    }

    @Test
    void aWatcherOfAServerThatWasStartedAgainGoesOnWhereItWas() throws Exception {
        Watcher watcher = snapshot();
        try (var events = follow(watcher)) {
            written.started(1, 1);
            await().until(() -> watcher.state(1) == 1);
            shutDown();
            await().until(events::ended);
            assertThat(events.broken()).as("ended cleanly").isFalse();
            assertThat(events.names()).containsOnly("delta");
        }
        written.finished(1, 1).started(3, 1);
        start();
        try (var events = follow(watcher)) {
            await().until(() -> watcher.state(1) == 5 && watcher.state(3) == 1);
            assertThat(events.names()).containsOnly("delta");
        }
        assertThat(watcher.text()).isEqualTo(snapshot().text());
    }

    @Test
    void aNewPlanBeginsAnew() throws Exception {
        Watcher watcher = snapshot();
        try (var events = follow(watcher)) {
            await().until(() -> !events.events().isEmpty());
            written.resumed().planned(2, 3);
            await().until(events::ended);
            assertThat(events.names().getLast()).isEqualTo("reset");
        }
        assertThat(snapshot().size()).isEqualTo(2);
        try (var events = SseReader.open(client, url("/runs/" + ID + "/events?after=nonsense"))) {
            await().until(events::ended);
            assertThat(events.names()).containsExactly("reset");
        }
    }

    @Test
    void manyWatchersAreToldTheSame() throws Exception {
        var watchers = new ArrayList<Watcher>();
        var readers = new ArrayList<SseReader>();
        for (int i = 0; i < 50; i++) {
            Watcher watcher = snapshot();
            watchers.add(watcher);
            readers.add(follow(watcher));
        }
        var life = new RandomLife(written, new Random(7), 4);
        for (int i = 0; i < 30; i++) {
            life.go(5);
        }
        written.ended(RunOutcome.FAILED);
        runs.setActive(run, false);
        await().until(() -> readers.stream().allMatch(SseReader::ended));
        String last = snapshot().text();
        for (Watcher watcher : watchers) {
            assertThat(watcher.text()).isEqualTo(last);
        }
        assertThat(watches.size()).isEqualTo(1);
    }

    /** It costs one delta of memory at most, and gets in one what it missed. */
    @Test
    void aWatcherThatReadsNothingGetsFewerDeltasAndMissesNothing() throws Exception {
        int jobs = 2_000;
        written.resumed().planned(IntStream.range(0, jobs).toArray());
        await().until(() -> snapshot().size() == jobs);
        Watcher quick = snapshot();
        Watcher slow = snapshot();
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 12);
            socket.connect(new InetSocketAddress(server.actualPort()));
            // An answer of HTTP/1.0 has no chunks: what is read is the stream.
            String request = "GET /api/v1/runs/" + ID + "/events?after=" + slow.seq;
            socket.getOutputStream()
                    .write((request + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> streams.open() == 1);
            int rounds = 6;
            try (var events = follow(quick)) {
                for (int attempt = 1; attempt <= rounds; attempt++) {
                    for (int job = 0; job < jobs; job++) {
                        written.startedAt(job, attempt, "local");
                    }
                    int now = attempt;
                    await().until(() -> quick.attempts(jobs - 1) == now);
                    for (int job = 0; job < jobs; job++) {
                        written.evicted(job, attempt);
                    }
                    await().until(() -> quick.state(jobs - 1) == 10);
                }
                written.ended(RunOutcome.STOPPED);
                runs.setActive(run, false);
                await().until(events::ended);
                List<String> data =
                        new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> line.startsWith("data: {\"seq\""))
                                .map(line -> line.substring(6))
                                .toList();
                data.forEach(slow::apply);
                assertThat(data.size()).isPositive().isLessThan(events.events().size() / 2);
            }
        }
        assertThat(slow.text()).isEqualTo(quick.text()).isEqualTo(snapshot().text());
        await().until(() -> streams.open() == 0);
    }

    @Test
    void whatMayNotBeSeenIsRefused() throws Exception {
        for (String path :
                List.of(
                        "/runs/" + ID + "/snapshot",
                        "/runs/" + ID + "/events",
                        "/runs/" + ID + "/log/stream",
                        "/runs/" + ID + "/jobs/key1/attempts/1/log/stream")) {
            var refused = get(path, Principal.HEADER, "mallory");
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(Watcher.parse(refused.body()).get("status")).isEqualTo(403L);
            var unknown = get(path.replace(ID, "nobody"));
            assertThat(unknown.statusCode()).as(path).isEqualTo(404);
            assertThat(Watcher.parse(unknown.body()).get("detail"))
                    .isEqualTo("there is no run nobody");
        }
        assertThat(get("/runs/" + ID + "/jobs/key1/attempts/1/log/stream").statusCode())
                .as("no attempt yet")
                .isEqualTo(404);
        assertThat(get("/runs/" + ID + "/log/stream?offset=x").statusCode()).isEqualTo(400);
        assertThat(get("/runs/" + ID + "/jobs/key1/attempts/99999999999/log/stream").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theStreamOfAllRunsTellsOfThoseThatChangedAndMayBeSeen() throws Exception {
        HostedRun other = runs.add("20261124-100000-001", "ada");
        try (var events = SseReader.open(client, url("/events"));
                var forbidden =
                        SseReader.open(client, url("/events"), Principal.HEADER, "mallory");
                var begun = WrittenRun.begun(other)) {
            begun.planned(0, 1, 2);
            await().untilAsserted(
                            () -> {
                                var row =
                                        events.events().stream()
                                                .map(event -> Watcher.parse(event.data()))
                                                .filter(each -> other.id().equals(each.get("run")))
                                                .reduce((_, last) -> last);
                                assertThat(row).isPresent();
                                assertThat(row.get().get("total")).isEqualTo(3L);
                                assertThat(row.get().get("owner")).isEqualTo("ada");
                                assertThat(row.get().get("queued_jobs")).isEqualTo(0L);
                            });
            assertThat(events.names()).containsOnly("run");
            assertThat(forbidden.events()).isEmpty();
        }
    }

    @Test
    void aDeletedRunEndsItsStreams() throws Exception {
        try (var events = follow(snapshot())) {
            await().until(() -> !events.events().isEmpty());
            runs.delete(run);
            await().until(events::ended);
            assertThat(events.names().getLast()).isEqualTo("end");
        }
    }

    @Test
    void whatAnAttemptPrintsIsFollowedFromBeforeItPrintsToItsEnd() throws Exception {
        written.started(1, 1);
        await().until(() -> snapshot().state(1) == 1);
        Path log = written.logFile(1, 1);
        var text = new StringBuilder();
        try (var events =
                SseReader.open(
                        client,
                        url("/runs/" + ID + "/jobs/key1/attempts/1/log/stream"),
                        event -> append(text, event))) {
            assertThat(events.status()).isEqualTo(200);
            byte[] line = "naïve ✓ 🎉\n".getBytes(StandardCharsets.UTF_8);
            Files.createFile(log);
            for (byte each : line) {
                // Every cut there is, between the bytes of one character too.
                Files.write(log, new byte[] {each}, StandardOpenOption.APPEND);
                Thread.sleep(30);
            }
            await().until(() -> text.toString().equals("naïve ✓ 🎉\n"));
            Files.write(log, new byte[] {(byte) 0xE2, 'x', (byte) 0xE2}, StandardOpenOption.APPEND);
            written.finished(1, 1);
            await().until(events::ended);
            assertThat(text).hasToString("naïve ✓ 🎉\n\uFFFDx\uFFFD");
            assertThat(events.names().getLast()).isEqualTo("end");
            String id = events.events().get(events.events().size() - 2).id();
            assertThat(id).isEqualTo(Long.toString(Files.size(log)));
        }
    }

    @Test
    void aLogIsFollowedFromAnOffsetAndALongOneComesInPieces() throws Exception {
        written.started(1, 1);
        String long1 = "0123456789abcdé\n".repeat(20_000);
        Files.writeString(written.logFile(1, 1), long1);
        written.finished(1, 1);
        await().until(() -> snapshot().state(1) == 5);
        var text = new StringBuilder();
        try (var events =
                SseReader.open(
                        client,
                        url("/runs/" + ID + "/jobs/key1/attempts/1/log/stream?offset=17"),
                        event -> append(text, event))) {
            await().until(events::ended);
            assertThat(text.toString()).isEqualTo(long1.substring(16));
            assertThat(events.events().size()).isGreaterThan(4);
        }
    }

    /** It reads nothing and leaves in the middle: whoever waits for room must not wait on. */
    @Test
    void aWatcherThatLeavesALongLogLeavesNoThread() throws Exception {
        Files.writeString(run.engineLog(), "0123456789abcdef\n".repeat(2_000_000));
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 12);
            socket.connect(new InetSocketAddress(server.actualPort()));
            String request = "GET /api/v1/runs/" + ID + "/log/stream HTTP/1.0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> streams.following() == 1);
            // Longer than it takes to fill all that lies between.
            await().pollDelay(Duration.ofMillis(500)).until(() -> streams.following() == 1);
        }
        await().until(() -> streams.following() == 0);
        assertThat(streams.open()).isZero();
    }

    @Test
    void whatTheEngineSaysIsFollowedUntilItIsGone() throws Exception {
        var text = new StringBuilder();
        try (var events =
                SseReader.open(
                        client, url("/runs/" + ID + "/log/stream"), event -> append(text, event))) {
            Files.writeString(run.engineLog(), "planning\n");
            await().until(() -> text.toString().equals("planning\n"));
            Files.writeString(run.engineLog(), "done\n", StandardOpenOption.APPEND);
            runs.setActive(run, false);
            await().until(events::ended);
            assertThat(text.toString()).isEqualTo("planning\ndone\n");
        }
    }

    @Test
    void aLogOutsideOfTheWorkingFolderIsNotShown() throws Exception {
        Path secret = Files.writeString(data.resolve("secret"), "secret\n");
        written.started(1, 1);
        await().until(() -> snapshot().state(1) == 1);
        Files.createSymbolicLink(written.logFile(1, 1), secret);
        assertThat(get("/runs/" + ID + "/jobs/key1/attempts/1/log/stream").statusCode())
                .isEqualTo(404);
    }

    private static void append(StringBuilder text, SseReader.Event event) {
        if (event.name().equals("text")) {
            text.append(Watcher.parse(event.data()).get("text"));
        }
    }

    private void start() throws ExecutionException, InterruptedException {
        watches = new Watches(runs);
        streams = new Streams(watches, runs, access);
        Router router = Router.router(vertx);
        streams.mount(router);
        server =
                vertx.createHttpServer(new HttpServerOptions().setSendBufferSize(1 << 14))
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
    }

    private void shutDown() throws ExecutionException, InterruptedException {
        streams.close();
        server.close().toCompletionStage().toCompletableFuture().get();
        watches.close();
    }

    private SseReader follow(Watcher watcher) {
        return SseReader.open(
                client,
                url("/runs/" + ID + "/events?after=" + watcher.seq),
                event -> {
                    if (event.name().equals("delta")) {
                        watcher.apply(event.data());
                    }
                });
    }

    private Watcher snapshot() throws IOException, InterruptedException {
        var watcher = new Watcher();
        watcher.load(
                client.send(
                                HttpRequest.newBuilder(URI.create(url("/runs/" + ID + "/snapshot")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .body());
        return watcher;
    }

    private HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + "/api/v1" + path;
    }
}
