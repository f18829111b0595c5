package dev.sluice.app.rest;

import static dev.sluice.app.rest.Asking.json;
import static dev.sluice.app.rest.Asking.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workflows that are sent to a real port, and what is left of them. */
class SubmissionOverHttpTest {
    private static final String SNAKEFILE = "rule all:\n    input: 'a.txt'\n";

    @TempDir Path data;
    private RestServer server;

    @BeforeEach
    void start() {
        server = new RestServer(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** What was uploaded goes when the answer has been sent, or a moment later. */
    private void assertNothingIsLeft() {
        assertThat(server.runs.arriving()).isEmpty();
        await().untilAsserted(() -> assertThat(data.resolve("uploads")).isEmptyDirectory());
    }

    @Test
    void aBundleBecomesARunOfWhoeverSentIt() throws IOException {
        byte[] zip = zip(Map.of("Snakefile", SNAKEFILE, "a.txt", "a\n"));
        HttpResponse<String> answer =
                server.postForm(
                        "/runs",
                        new Form()
                                .file("bundle", "flow.zip", zip)
                                .text("words", "[\"-c\",\"2\"]")
                                .text("name", "grün"));
        Map<String, Object> told = json(answer, 201);
        assertThat(told).containsEntry("name", "grün").containsEntry("state", "planning");
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/api/v1/runs/" + told.get("run"));
        assertThat(told).containsEntry("url", "/runs/" + told.get("run"));
        assertThat(server.runs.asked).hasSize(1);
        assertThat(server.runs.asked.getFirst()).startsWith("accept grace grün [-c, 2]");
        HostedRun run = Objects.requireNonNull(server.runs.find(String.valueOf(told.get("run"))));
        assertThat(run.workdir().resolve("a.txt")).hasContent("a\n");
        assertNothingIsLeft();
    }

    @Test
    void aRunIsNamedAfterItsFileWhereNobodySaysHow() {
        json(server.postForm("/runs", new Form().file("bundle", "my flow.smk", SNAKEFILE)), 201);
        assertThat(server.runs.asked.getFirst()).startsWith("accept grace my flow []");
    }

    @Test
    void whatIsNoBundleIsRefusedAndLeavesNothing() throws IOException {
        problem(server.postForm("/runs", new Form().text("words", "[]")), 400);
        problem(
                server.postForm("/runs", new Form().file("bundle", "x.zip", new byte[] {1, 0})),
                415);
        byte[] without = zip(Map.of("readme", "nothing"));
        problem(server.postForm("/runs", new Form().file("bundle", "x.zip", without)), 422);
        problem(server.post("/runs", "{}"), 400);
        problem(
                server.postForm(
                        "/runs",
                        new Form().file("bundle", "Snakefile", SNAKEFILE).text("words", "[1]")),
                400);
        assertThat(server.runs.asked).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        var form = new Form().file("bundle", "x.zip", new byte[(int) RestServer.UPLOAD_BYTES + 1]);
        problem(server.postForm("/runs", form), 413);
        assertNothingIsLeft();
    }

    @Test
    void wordsThatTheHostRefusesLeaveNothing() throws IOException {
        server.runs.refusal = new Runs.Refused(Runs.Refused.Why.BAD_WORDS, "no -d here");
        problem(server.postForm("/runs", new Form().file("bundle", "Snakefile", SNAKEFILE)), 422);
        assertNothingIsLeft();
    }

    @Test
    void aPlanIsTheJobsThatWouldRunAndNothingStays() throws IOException {
        server.engines = planning(0, "{\"rule\":\"all\"}\n{\"rule\":\"b\"}\n", "1 warning\n");
        Map<String, Object> told =
                json(
                        server.postForm(
                                "/plan",
                                new Form()
                                        .file("bundle", "Snakefile", SNAKEFILE)
                                        .text("words", "[\"-c1\"]")),
                        200);
        assertThat(Json.objects(told.get("jobs")))
                .extracting(each -> each.get("rule"))
                .containsExactly("all", "b");
        assertThat(told).containsEntry("messages", "1 warning");
        assertThat(server.runs.asked).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void aWorkflowThatCannotBePlannedTellsItsDiagnostics() throws IOException {
        server.engines = planning(2, "", "error: PLACE/Snakefile:1 is odd\n");
        Map<String, Object> told =
                problem(
                        server.postForm("/plan", new Form().file("bundle", "Snakefile", SNAKEFILE)),
                        422);
        assertThat(told).containsEntry("detail", "error: Snakefile:1 is odd");
        assertNothingIsLeft();
    }

    @Test
    void anInputIsMendedInARunThatIsOver() throws IOException {
        HostedRun run = server.run("20261124-100000-000");
        Files.writeString(run.workdir().resolve("a.txt"), "bad\n");
        Files.writeString(run.workdir().resolve("b.txt"), "b\n");
        byte[] zip = zip(Map.of("a.txt", "good\n", "b.txt", "b\n"));
        String path = "/runs/" + run.id() + "/files";
        assertThat(json(server.postForm(path, new Form().file("bundle", "x.zip", zip)), 200))
                .containsEntry("files", List.of("a.txt"));
        assertThat(run.workdir().resolve("a.txt")).hasContent("good\n");
        json(
                server.postForm(
                        path, new Form().file("bundle", "x", "better\n").text("path", "sub/c.txt")),
                200);
        assertThat(run.workdir().resolve("sub/c.txt")).hasContent("better\n");
        problem(
                server.postForm(path, new Form().file("bundle", "x", "y").text("path", "../evil")),
                422);
        server.runs.active.add(run.id());
        problem(server.postForm(path, new Form().file("bundle", "x.zip", zip)), 409);
    }

    private static Engines planning(int code, String out, String err) {
        return new Engines() {
            @Override
            public int dryRun(Path folder, List<String> words, Terminal terminal) {
                assertThat(folder.resolve("Snakefile")).hasContent(SNAKEFILE);
                terminal.out().print(out);
                terminal.err().print(err.replace("PLACE", folder.toString()));
                return code;
            }

            @Override
            public int explain(Path folder, List<String> words, Terminal terminal) {
                throw new AssertionError();
            }
        };
    }

    private static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
