package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A real server as it is met without a CLI: uploads, doors, the drop folder, messages. */
final class ServerDoorIT {
    private static final String SNAKEFILE =
            "rule all:\n    output: 'out.txt'\n    shell: 'echo made > {output}'\n";

    private static final String TOKEN = "0123456789abcdef0123456789";
    private static final String SECRET = "a secret of both";
    private static final String[] ADA = {"Authorization", "Bearer " + TOKEN};

    @TempDir private static Path folder;
    private static Sandbox sandbox;
    private static HttpServer receiver;
    private static final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private static Served server;

    private record Message(String body, String timestamp, String signature) {}

    @BeforeAll
    static void serve() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/hook",
                exchange -> {
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    var headers = exchange.getRequestHeaders();
                    messages.add(
                            new Message(
                                    body,
                                    headers.getFirst("Sluice-Timestamp"),
                                    headers.getFirst("Sluice-Signature")));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
        sandbox =
                new Sandbox(folder)
                        .with("tokens", "ada " + TOKEN + "\n")
                        .with("hook.secret", SECRET + "\n")
                        .with(
                                "settings.yaml",
                                """
                                quotas: {upload: 1MB, unpacked: 4MB, files: 50}
                                drop: {folder: drop, owner: lab, settle-seconds: 1}
                                webhooks:
                                  - url: http://127.0.0.1:%d/hook
                                    secret-file: hook.secret
                                """
                                        .formatted(receiver.getAddress().getPort()));
        Files.createDirectories(sandbox.folder().resolve("drop"));
        server = begin();
    }

    private static Served begin() {
        return Served.in(
                sandbox.folder().resolve("data"),
                "--token-file",
                "tokens",
                "--settings",
                "settings.yaml");
    }

    @AfterAll
    static void end() {
        server.close();
        receiver.stop(0);
    }

    @Test
    void itIsQuietAndSaysWhereItIs() {
        assertThat(server.said())
                .containsPattern("Sluice serves on http://127\\.0\\.0\\.1:\\d+ \\(data: .*\\)\n")
                .doesNotContain("SLF4J", "WARNING", "Unsafe");
    }

    @Test
    void healthAndFiguresNeedNoToken() {
        assertThat(server.get("/health/live").body()).isEqualTo("live\n");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.get("/metrics").body()).contains("# TYPE sluice_");
        assertThat(server.get("/").headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/runs",
                "/%61pi/v1/runs",
                "/api/v1/events",
                "/api/v1/runs/x/snapshot",
                "/api/v1/says/runs",
                "/api/v1/openapi.json",
            })
    void allElseDoes(String path) {
        assertProblem(server.get(path), 401, "Who asks?");
    }

    @Test
    void theDescriptionNamesAllThatIsAnswered() {
        String run = submitted(bundle(tar -> file(tar, "Snakefile", SNAKEFILE)));
        server.awaitStateAs(run, "succeeded", ADA);
        String description = server.get("/api/v1/openapi.json", ADA).body();
        var paths = Pattern.compile("\"(/[^\"]*)\"\\s*:\\s*\\{\\s*\"").matcher(description);
        int tried = 0;
        while (paths.find()) {
            String path =
                    paths.group(1)
                            .replace("{run}", run)
                            .replace("{job}", "none")
                            .replace("{attempt}", "1")
                            .replace("{command}", "status");
            if (path.endsWith("/events")) {
                // It has no end: its beginning is watch's to test.
                continue;
            }
            tried++;
            HttpResponse<String> answer = server.get("/api/v1" + path, ADA);
            assertThat(answer.statusCode()).as(path).isIn(200, 404, 405, 422);
            if (answer.statusCode() == 404) {
                assertThat(answer.body()).as(path).doesNotContain("there is nothing at");
            }
        }
        assertThat(tried).isGreaterThan(18);
        for (String stream :
                List.of(
                        "/events",
                        "/runs/{run}/events",
                        "/runs/{run}/snapshot",
                        "/runs/{run}/log/stream",
                        "/runs/{run}/jobs/{job}/attempts/{attempt}/log/stream",
                        "/says/{command}",
                        "/runs/{run}/says/{command}")) {
            assertThat(description).contains('"' + stream + '"');
        }
    }

    /** What is sent, and the answer: the whole table is in BadUploadTest. */
    static Stream<Arguments> badUploads() {
        return Stream.of(
                bad(
                        "../x",
                        422,
                        "A path of the bundle is not allowed",
                        tar -> file(tar, "../x", "x")),
                bad("link", 422, "A link leaves the bundle", tar -> link(tar, "x", "/etc/passwd")),
                bad("bomb", 413, "The bundle unpacks to too much", tar -> zeros(tar, 8 << 20)),
                bad("many", 413, "Too many files in the bundle", ServerDoorIT::manyFiles),
                bad("none", 422, "No Snakefile in the bundle", tar -> file(tar, "readme", "x")),
                Arguments.of(
                        "no archive",
                        new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, 3},
                        "[]",
                        415,
                        "The upload is not a bundle"),
                Arguments.of("large", new byte[2 << 20], "[]", 413, "Too large"),
                Arguments.of(
                        "words that leave",
                        bundle(tar -> file(tar, "Snakefile", SNAKEFILE)),
                        "[\"-s\",\"../../other/Snakefile\"]",
                        422,
                        ""),
                Arguments.of(
                        "words of the server",
                        bundle(tar -> file(tar, "Snakefile", SNAKEFILE)),
                        "[\"--directory\",\"/tmp\"]",
                        422,
                        ""),
                Arguments.of(
                        "words that are none",
                        bundle(tar -> file(tar, "Snakefile", SNAKEFILE)),
                        "-c 1",
                        400,
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badUploads")
    void aBadUploadIsAProblemAndLeavesNothing(
            String name, byte[] upload, String words, int status, String title) {
        List<String> runs = Served.below(sandbox.folder().resolve("data/runs"));

        HttpResponse<String> answer = server.upload(upload, name + ".tar.gz", words, ADA);

        assertProblem(answer, status, title);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(Served.below(sandbox.folder().resolve("data/incoming")))
                                        .isEmpty());
        assertThat(Served.below(sandbox.folder().resolve("data/runs")))
                .filteredOn(file -> file.endsWith("submission.json"))
                .hasSameSizeAs(runs.stream().filter(f -> f.endsWith("submission.json")).toList());
    }

    @Test
    void theEndOfARunIsToldAndSigned() throws Exception {
        String run = submitted(bundle(tar -> file(tar, "Snakefile", SNAKEFILE)));

        Message message = messageOf(run);

        assertThat(message.body()).contains("\"event\":\"run.succeeded\"", "\"owner\":\"ada\"");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((message.timestamp() + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(message.signature())
                .isEqualTo(
                        "sha256="
                                + HexFormat.of()
                                        .formatHex(
                                                mac.doFinal(
                                                        message.body()
                                                                .getBytes(
                                                                        StandardCharsets.UTF_8))));
    }

    @Test
    void whatIsDroppedIsTakenOnceThoughTheServerIsKilled() throws Exception {
        Path drop = sandbox.folder().resolve("drop");
        sandbox.with("drop/.flow.smk", SNAKEFILE);
        Files.move(drop.resolve(".flow.smk"), drop.resolve("flow.smk"));
        await().atMost(Duration.ofSeconds(20)).until(() -> !sandbox.has("drop/flow.smk"));

        server.kill();
        server = begin();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(sandbox.read("drop/flow.smk.sluice.json"))
                                        .contains("\"state\":\"succeeded\""));
        String runs = server.get("/api/v1/runs?owner=lab", ADA).body();
        assertThat(runs.split("\"run\":", -1)).hasSize(2);
        assertThat(runs).contains("\"state\":\"succeeded\"");
    }

    @Test
    void itEndsWhenItIsToldAndGoesOnWithWhatRuns() {
        String run =
                submitted(
                        bundle(
                                tar ->
                                        file(
                                                tar,
                                                "Snakefile",
                                                """
                                                rule all:
                                                    output: "out.txt"
                                                    shell: "echo >> begun; until [ -e go ]; do sleep 0.05; done; echo > {output}"
                                                """)));
        Path work = sandbox.folder().resolve("data/runs").resolve(run).resolve("work");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(work.resolve("begun")));

        assertThat(server.terminate().hasCode(0).err()).contains("what runs goes on");
        server = begin();

        assertThat(server.said()).contains("1 run goes on");
        sandbox.with("data/runs/" + run + "/work/go", "");
        server.awaitStateAs(run, "succeeded", ADA);
        assertThat(work.resolve("begun")).hasContent("\n");
    }

    @Test
    void aSecondServerStaysOutOfItsFolderAndItsPort() {
        assertThat(sandbox.sluice("serve", "--port", "0", "--data", "data").hasCode(2).err())
                .contains("another server works in");
        String port = server.url().replaceAll(".*:", "");
        assertThat(sandbox.sluice("serve", "--port", port, "--data", "other").hasCode(2).err())
                .contains("cannot listen on", "another port");
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String title) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":" + status, "\"detail\":", title)
                .doesNotContain("\tat ", "Exception");
    }

    private static String submitted(byte[] bundle) {
        HttpResponse<String> answer = server.upload(bundle, "b.tar.gz", "[]", ADA);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    }

    private static Message messageOf(String run) throws InterruptedException {
        while (true) {
            Message message = messages.poll(30, TimeUnit.SECONDS);
            assertThat(message).as("a message of " + run).isNotNull();
            if (message.body().contains(run)) {
                return message;
            }
        }
    }

    @FunctionalInterface
    private interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    private static Arguments bad(String name, int status, String title, Filling filling) {
        return Arguments.of(name, bundle(filling), "[]", status, title);
    }

    private static byte[] bundle(Filling filling) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            filling.fill(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String text)
            throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target)
            throws IOException {
        file(tar, "Snakefile", SNAKEFILE);
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void zeros(TarArchiveOutputStream tar, int size) throws IOException {
        var entry = new TarArchiveEntry("zeros");
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        tar.write(new byte[size]);
        tar.closeArchiveEntry();
    }

    private static void manyFiles(TarArchiveOutputStream tar) throws IOException {
        for (int i = 0; i < 60; i++) {
            file(tar, "f" + i, "x");
        }
    }
}
