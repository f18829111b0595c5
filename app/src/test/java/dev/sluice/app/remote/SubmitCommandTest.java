package dev.sluice.app.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.runs.Said;
import dev.sluice.app.submit.Bundle;
import dev.sluice.app.submit.Packing;

import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Submission to a server that answers what each test says, over real HTTP. */
class SubmitCommandTest {
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), 5, Duration.ofSeconds(20));
    private static final String KNOWN = "{\"runs\":[]}";
    private static final String ACCEPTED =
            "{\"run\":\"20261124-100000-000\",\"name\":\"flow\",\"url\":\"/runs/20261124-100000-000\","
                + "\"state\":\"queued\"}";

    @TempDir Path here;
    private final Said said = new Said();
    private final Map<String, String> environment = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private HandMade server;

    @BeforeEach
    void begin() throws IOException {
        server = new HandMade();
        environment.put("SLUICE_SERVER", server.url());
        Files.writeString(here.resolve("Snakefile"), "rule all:\n    output: 'a.txt'\n");
        Files.writeString(here.resolve("reads.txt"), "ACGT\n");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aFolderIsSentWithItsWordsAndTheRunIsNamed() throws IOException {
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("a.txt", "--name", "mine", "-c", "4", "--config", "x=1", "y=2")).isZero();
        assertThat(said.out()).isEqualTo("20261124-100000-000\n");
        assertThat(said.err())
                .contains("Sending 2 files, ")
                .endsWith(server.url() + "/runs/20261124-100000-000\n");
        assertThat(server.asked).containsExactly("GET /api/v1/runs?limit=1", "POST /api/v1/runs");
        assertThat(field("words"))
                .isEqualTo("[\"a.txt\",\"--cores\",\"4\",\"--config\",\"x=1\",\"y=2\"]");
        assertThat(field("name")).isEqualTo("mine");
        assertThat(files()).containsExactly("Snakefile", "reads.txt");
    }

    @Test
    void theFolderOrTheSnakefileMayBeNamed() throws IOException {
        Path folder = here.resolve("other");
        Files.createDirectories(folder.resolve("workflow"));
        Files.writeString(folder.resolve("workflow/Snakefile"), "");
        Files.writeString(folder.resolve("my.smk"), "");
        Files.createDirectory(here.resolve("results"));
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("other")).isZero();
        assertThat(field("name")).isEqualTo("other");
        assertThat(field("words")).isEqualTo("[]");
        assertThat(files()).containsExactly("my.smk", "workflow", "workflow/Snakefile");
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("other/my.smk", "results")).isZero();
        assertThat(files()).containsExactly("Snakefile");
        assertThat(field("words")).isEqualTo("[\"results\"]");
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("results")).as("a folder without a Snakefile is a target").isZero();
        assertThat(field("words")).isEqualTo("[\"results\"]");
    }

    @Test
    void theAnswerIsAlsoThereForPrograms() {
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("--json")).isZero();
        assertThat(said.out())
                .isEqualTo(
                        "{\"format\":1,\"run\":\"20261124-100000-000\",\"name\":\"flow\","
                                + "\"state\":\"queued\",\"url\":\""
                                + server.url()
                                + "/runs/20261124-100000-000\"}\n");
    }

    @Test
    void secretsStayHereAndAreNamedUnlessTheyAreAskedFor() throws IOException {
        Files.writeString(here.resolve(".env"), "PASSWORD=x\n");
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit()).isZero();
        assertThat(said.err())
                .contains("warning: `.env` is not sent")
                .contains("--include-secrets");
        assertThat(files()).doesNotContain(".env");
        server.json(200, KNOWN).json(201, ACCEPTED);
        assertThat(submit("--include-secrets")).isZero();
        assertThat(files()).contains(".env");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--keep-gonig | did you mean --keep-going?",
                "-d elsewhere | a submitted workflow works in a folder of its own",
                "--detach | --wait follows it",
                "--d3dag | does not know --d3dag yet",
                "--executor slurm | there is no executor `slurm` yet",
                "--update R -c 3 | takes no words of `sluice run`",
                "--update R --wait | --wait does not go with --update",
                "--server nowhere x | --server expects a URL",
            })
    void aMistakeIsToldBeforeAnythingIsSent(String words, String told) {
        assertThat(submit(words.split(" ", -1))).isEqualTo(2);
        assertThat(said.err()).startsWith("error: ").contains(told);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aFolderWithoutASnakefileIsNotSent() throws IOException {
        Files.delete(here.resolve("Snakefile"));
        assertThat(submit()).isEqualTo(2);
        assertThat(said.err()).contains("there is no Snakefile in what would be sent");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void whoeverIsNotKnownIsToldSoBeforeTheUpload() {
        server.problem(401, "{}");
        assertThat(submit()).isEqualTo(2);
        assertThat(said.err()).contains("does not know you").contains("$SLUICE_TOKEN");
        assertThat(server.asked).containsExactly("GET /api/v1/runs?limit=1");
    }

    @Test
    void whatTheServerHasAgainstABundleIsSaidInItsWords() {
        server.json(200, KNOWN)
                .problem(
                        413, "{\"detail\":\"it is larger than 1 GB\",\"hint\":\"leave data out\"}");
        assertThat(submit()).isEqualTo(2);
        assertThat(said.err())
                .endsWith("error: it is larger than 1 GB\n  = help: leave data out\n");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void waitingFollowsTheRunAndEndsAsItDoes() {
        server.json(200, KNOWN)
                .json(201, ACCEPTED)
                .says("{\"err\":\"rule a:\\n\"}", "{\"at\":\"5\"}", "{\"exit\":1}");
        assertThat(submit("--wait")).isEqualTo(1);
        assertThat(said.out()).isEqualTo("20261124-100000-000\n");
        assertThat(said.err()).endsWith("rule a:\n" + server.url() + "/runs/20261124-100000-000\n");
        assertThat(server.asked)
                .last()
                .isEqualTo("GET /api/v1/runs/20261124-100000-000/says/attach");
    }

    @Test
    void aPlanIsShownAndNothingIsMade() {
        server.json(200, KNOWN)
                .json(
                        200,
                        "{\"jobs\":[{\"rule\":\"map\",\"input\":[\"x\"]},{\"rule\":\"map\"},"
                                + "{\"rule\":\"sort\",\"params\":{\"rule\":\"no\"}}],"
                                + "\"messages\":\"warning: old\\n\"}");
        assertThat(submit("-n", "-c", "2")).isZero();
        assertThat(said.out())
                .isEqualTo(
                        """
                        Job stats:
                        job     count
                        -----  -------
                        map          2
                        sort         1
                        total        3
                        """
                                .replace("job     count", "job      count"));
        assertThat(said.err()).endsWith("warning: old\n");
        assertThat(server.asked).last().isEqualTo("POST /api/v1/plan");
        assertThat(field("words")).isEqualTo("[\"--cores\",\"2\"]");
        var json = new Said();
        server.json(200, KNOWN).json(200, "{\"jobs\":[{\"rule\":\"map\",\"input\":[\"x\"]}]}");
        assertThat(submit(json, "-n", "--json")).isZero();
        assertThat(json.out()).isEqualTo("{\"rule\":\"map\",\"input\":[\"x\"]}\n");
    }

    @Test
    void whatIsWrongWithTheWorkflowIsShownAsTheServerFoundIt() {
        server.json(200, KNOWN)
                .problem(422, "{\"detail\":\"error: no rule makes b\\n --> Snakefile:3\"}");
        assertThat(submit("-n")).isEqualTo(2);
        assertThat(said.err()).endsWith(".\nerror: no rule makes b\n --> Snakefile:3\n");
    }

    @Test
    void filesOfARunAreReplaced() throws IOException {
        server.says("{\"exit\":0}").json(200, "{\"files\":[\"Snakefile\",\"reads.txt\"]}");
        assertThat(submit("--update", "latest")).isZero();
        assertThat(server.asked)
                .containsExactly(
                        "GET /api/v1/says/status?word=latest",
                        "POST /api/v1/runs/20261124-100000-000/files");
        assertThat(files()).containsExactly("Snakefile", "reads.txt");
        assertThat(said.out()).isEqualTo("20261124-100000-000\n");
        assertThat(said.err()).contains("2 files of run 20261124-100000-000 replaced");
    }

    @Test
    void aFileThatIsGoneEndsTheUploadAndNotTheBundle() throws IOException {
        Files.write(here.resolve("big"), new byte[3_000_000]);
        Bundle bundle = Packing.of(here);
        Files.delete(here.resolve("reads.txt"));
        var upload = new Upload(bundle, new LinkedHashMap<>(), sent -> {});
        try (Server to = Server.of(server.url(), null)) {
            assertThatThrownBy(() -> upload.send(to, "/api/v1/runs"))
                    .isInstanceOf(Upload.Unpackable.class)
                    .hasMessageContaining("reads.txt");
        }
        assertThat(server.asked).as("half a form is no request").isEmpty();
    }

    @Test
    void helpIsThereWithoutAServer() {
        environment.clear();
        assertThat(submit("--help")).isZero();
        assertThat(said.out()).contains("Usage: sluice submit");
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
        for (var option : SubmitWords.OWN) {
            assertThat(said.out()).contains(option.names().getFirst() + " ");
        }
        assertThat(submit()).isEqualTo(2);
        assertThat(said.err()).contains("--server expects the URL of a server");
        assertThat(SubmitCommand.wanted("help", List.of("submit"))).isTrue();
        assertThat(SubmitCommand.wanted("help", List.of())).isFalse();
    }

    private int submit(String... words) {
        return submit(said, words);
    }

    private int submit(Said said, String... words) {
        return new SubmitCommand(said.terminal(), here, environment, QUICK)
                .guarded(Arrays.asList(words));
    }

    /** Of the last form that was sent. */
    private String field(String name) {
        String form = form();
        int at = form.indexOf("name=\"" + name + "\"");
        assertThat(at).as(name).isPositive();
        int from = form.indexOf("\r\n\r\n", at) + 4;
        return form.substring(from, form.indexOf("\r\n--", from));
    }

    private List<String> files() throws IOException {
        byte[] bundle = field("bundle").getBytes(StandardCharsets.ISO_8859_1);
        var names = new ArrayList<String>();
        try (var tar =
                new TarArchiveInputStream(
                        new GzipCompressorInputStream(new ByteArrayInputStream(bundle)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName().replaceAll("/$", ""));
            }
        }
        return names;
    }

    private String form() {
        return server.bodies.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .filter(body -> body.startsWith("--sluice-"))
                .reduce((one, two) -> two)
                .orElse("");
    }
}
