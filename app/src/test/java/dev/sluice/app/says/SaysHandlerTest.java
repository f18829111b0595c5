package dev.sluice.app.says;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.app.access.Access;
import dev.sluice.app.access.Action;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands over real HTTP, on journals that the tests write. */
class SaysHandlerTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");

    /** Each looks at all; only an owner steers. */
    private static final Access OWNERS =
            (principal, action, owner) ->
                    principal.name().equals(owner)
                            || (action == Action.LOOK && !owner.equals("hidden"));

    @TempDir Path data;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private SketchedRuns runs;

    @SuppressWarnings("NullAway.Init")
    private SaysServer server;

    /** An answer, put together. */
    private record Heard(
            int status,
            String type,
            String run,
            String out,
            String err,
            int exit,
            List<String> marks,
            String body) {}

    @BeforeEach
    void begin() {
        runs = new SketchedRuns(data);
        server = new SaysServer(runs, OWNERS);
    }

    @AfterEach
    void end() {
        server.close();
        client.shutdownNow();
    }

    @Test
    void statusIsPrintedAsTheCommandPrintsIt() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 2)) {
            run.running(A, 1).finished(A, 1).running(B, 1).failed(B, 1).ended(RunOutcome.FAILED);
            runs.host(run, "ada");
            Heard heard = get("ada", "/api/v1/says/status");
            assertThat(heard.exit()).isZero();
            assertThat(heard.run()).isEqualTo(run.id());
            assertThat(heard.type()).isEqualTo("application/x-ndjson");
            assertThat(heard.out())
                    .startsWith("run " + run.id() + ": failed")
                    .contains("exit code 3");
            assertThat(get("ada", "/api/v1/runs/" + run.id() + "/says/status").out())
                    .isEqualTo(heard.out());
        }
    }

    @Test
    void coloursAndWidthAreThoseOfTheClientsTerminal() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            runs.host(run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED), "ada");
            String plain = get("ada", "/api/v1/says/runs").out();
            assertThat(plain).doesNotContain("\033[").contains("sluice run -c 2");
            assertThat(get("ada", "/api/v1/says/runs?columns=200&colour=1").out())
                    .contains("\033[1m");
            assertThat(get("ada", "/api/v1/says/runs?columns=200&live=err&colour=1").out())
                    .isEqualTo(plain);
            assertThat(get("ada", "/api/v1/says/runs?columns=30").out().lines())
                    .allMatch(line -> line.length() <= 30);
        }
    }

    @Test
    void runsListsThoseOfAllFoldersAndThoseThatWait() throws Exception {
        try (var one = RunSketch.planned(runs.workdir("one"), 1);
                var two =
                        RunSketch.planned(runs.workdir("two"), RunSketch.BEGIN.plusSeconds(5), 1);
                var secret =
                        RunSketch.planned(runs.workdir("x"), RunSketch.BEGIN.plusSeconds(7), 1)) {
            runs.host(one.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED), "ada");
            runs.host(two.ended(RunOutcome.STOPPED), "bob");
            runs.host(secret, "hidden");
            runs.activate(runs.host("20301124-100000-000", runs.workdir("three"), "ada"));
            Heard heard = get("ada", "/api/v1/says/runs");
            assertThat(heard.out().lines().skip(1).map(line -> line.replaceAll("  .*", "")))
                    .containsExactly("20301124-100000-000", two.id(), one.id());
            assertThat(heard.out()).contains("queued").contains("stopped").contains("succeeded");
            assertThat(get("ada", "/api/v1/says/runs" + words("-n", "1", "--json")).out())
                    .isEqualTo(
                            "{\"format\":1,\"run\":\"20301124-100000-000\",\"state\":\"queued\"}\n");
        }
    }

    @Test
    void withoutAWordTheLatestRunOfWhoeverAsksIsMeant() throws Exception {
        try (var one = RunSketch.planned(runs.workdir("one"), 1);
                var two =
                        RunSketch.planned(runs.workdir("two"), RunSketch.BEGIN.plusSeconds(5), 1)) {
            runs.host(one.ended(RunOutcome.FAILED), "ada");
            runs.host(two.ended(RunOutcome.SUCCEEDED), "bob");
            assertThat(get("ada", "/api/v1/says/status").run()).isEqualTo(one.id());
            assertThat(get("bob", "/api/v1/says/status").run()).isEqualTo(two.id());
            assertThat(get("eve", "/api/v1/says/status").run()).isEqualTo(two.id());
            assertThat(get("ada", "/api/v1/says/status" + words(two.id())).run())
                    .isEqualTo(two.id());
        }
    }

    @Test
    void whatAJobPrintedComesByteByByte() throws Exception {
        byte[] noText = {'a', (byte) 0xff, 0, (byte) 0xc3, '\n'};
        try (var run = RunSketch.planned(runs.workdir("one"), 2)) {
            run.running(A, 1).printed(A, 1, "höllo €\n").finished(A, 1).running(B, 1);
            runs.host(run, "ada");
            Files.write(
                    run.run().workdir().resolve(".sluice/runs/" + run.id() + "/logs/bbbbbbbb-1"),
                    noText);
            assertThat(get("ada", "/api/v1/says/logs" + words("align:sample=A")).out())
                    .isEqualTo("höllo €\n");
            Heard heard = get("ada", "/api/v1/says/logs" + words("align:sample=B"));
            assertThat(heard.body()).contains("\"out64\":");
            assertThat(heard.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(noText);
            assertThat(heard.err()).startsWith("align, sample=B, attempt 1 of run " + run.id());
        }
    }

    @Test
    void attachTellsWhatHappensWhileItHappensAndEndsAsTheRunDoes() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("two"), 1);
                var _ = Hold.take(run.run(), List.of())) {
            runs.activate(runs.host(run, "ada"));
            try (var lines = open("ada", "/api/v1/says/attach")) {
                String first = until(lines, "0 of 1 jobs done");
                assertThat(first).doesNotContain("align, sample=A");
                run.running(A, 1).printed(A, 1, "hello\n");
                assertThat(until(lines, "hello")).contains("rule align:");
                run.finished(A, 1).ended(RunOutcome.SUCCEEDED);
                assertThat(until(lines, "\"exit\":0")).contains("Finished align, sample=A");
            }
        }
    }

    @Test
    void aPositionLeadsToWhatWasNotToldYet() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 2);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1).printed(A, 1, "before\n");
            runs.activate(runs.host(run, "ada"));
            String mark;
            try (var lines = open("ada", "/api/v1/says/attach")) {
                until(lines, "0 of 2 jobs done");
                run.printed(A, 1, "first\nhalf");
                until(lines, "half");
                mark = markIn(until(lines, "\"at\""));
            }
            run.printed(A, 1, " of it\ntwo\n")
                    .finished(A, 1)
                    .running(B, 1)
                    .printed(B, 1, "three\n");
            run.finished(B, 1).ended(RunOutcome.SUCCEEDED);
            Heard heard =
                    get("ada", "/api/v1/runs/" + run.id() + "/says/attach?after=" + encoded(mark));
            assertThat(heard.err())
                    .startsWith(" of it\ntwo\nFinished align, sample=A\n")
                    .contains("three\nFinished align, sample=B\n")
                    .endsWith("2 of 2 jobs done\nDone.\n")
                    .doesNotContain("before")
                    .doesNotContain("first");
            assertThat(heard.exit()).isZero();
            Heard log =
                    get(
                            "ada",
                            "/api/v1/says/logs" + words("-f", "align:sample=A") + "&after=1%3B13");
            assertThat(log.out()).isEqualTo("half of it\ntwo\n");
            assertThat(log.marks()).last().isEqualTo("1;28");
            assertThat(get("ada", "/api/v1/says/attach?after=nonsense").exit()).isEqualTo(2);
        }
    }

    @Test
    void attachWaitsForARunThatHasNotBegun() throws Exception {
        Path workdir = runs.workdir("one");
        try (var run = RunSketch.planned(workdir, 1)) {
            run.ended(RunOutcome.FAILED);
            HostedRun hosted = runs.host(run, "ada");
            runs.explanation = "3 runs are before it";
            runs.activate(hosted);
            try (var lines = open("ada", "/api/v1/says/attach")) {
                until(lines, "Run " + run.id() + " waits to begin: 3 runs are before it");
                try (var _ = Hold.take(run.run(), List.of())) {
                    run.resumed();
                    until(lines, "0 of 1 jobs done");
                    run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED);
                    until(lines, "\"exit\":0");
                }
            }
        }
    }

    @Test
    void aRunThatCameToNothingShowsWhatItsEnginePrinted() throws Exception {
        HostedRun run = runs.host("20301124-100000-000", runs.workdir("one"), "ada");
        Files.createDirectories(run.workdir());
        Files.writeString(run.engineLog(), "error: there is no rule to make b.txt\n");
        for (String command : List.of("attach", "status", "cancel")) {
            String path = "/api/v1/runs/" + run.id() + "/says/" + command;
            Heard heard = command.equals("cancel") ? post("ada", path) : get("ada", path);
            assertThat(heard.exit()).isEqualTo(2);
            assertThat(heard.err())
                    .startsWith("error: there is no rule to make b.txt\nerror: run " + run.id());
        }
        runs.activate(run);
        runs.explanation = "2 runs are before it";
        Heard queued = get("ada", "/api/v1/says/status");
        assertThat(queued.out()).contains(run.id()).contains("queued");
        assertThat(queued.err()).contains("2 runs are before it");
        assertThat(get("ada", "/api/v1/says/history" + words("a.txt")).exit()).isEqualTo(2);
    }

    @Test
    void theHistoryOfAFileIsThatOfTheRun() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            runs.host(run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED), "ada");
            Heard heard = get("ada", "/api/v1/says/history" + words("out/A.bam"));
            assertThat(heard.exit()).isZero();
            assertThat(heard.out()).contains("bwa reads/A.fq > out/A.bam").contains(run.id());
        }
    }

    @Test
    void aWorkflowIsPlannedOverThereToExplain() throws Exception {
        Path workdir = runs.workdir("one");
        Files.createDirectories(workdir);
        Files.writeString(
                workdir.resolve("Snakefile"),
                """
                rule align:
                    output: "out/A.bam"
                    shell: "touch {output}"
                """);
        try (var run = RunSketch.planned(workdir, 1)) {
            runs.host(run.ended(RunOutcome.STOPPED), "ada");
            runs.explanation = "2 runs are before it";
            Heard heard = get("ada", "/api/v1/says/explain" + words("out/A.bam"));
            assertThat(heard.err()).isEqualTo("In the server: 2 runs are before it\n");
            assertThat(heard.out()).contains("align would run because").contains("out/A.bam");
            assertThat(heard.exit()).isZero();
        }
    }

    @Test
    void cancelGoesThroughTheServerAndPrintsWhatCameOfIt() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 2);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1);
            runs.activate(runs.host(run, "ada"));
            runs.whenCancelled =
                    () -> run.fact(new Fact.StopRequested(true)).ended(RunOutcome.STOPPED);
            Heard heard = post("ada", "/api/v1/says/cancel");
            assertThat(heard.out()).startsWith("Run " + run.id() + " has ended: stopped, 0 of 2");
            assertThat(heard.exit()).isZero();
            assertThat(runs.asked).containsExactly("cancel " + run.id() + " now");
            assertThat(run.run().path().resolve("wishes")).doesNotExist();
            assertThat(post("ada", "/api/v1/says/cancel" + words(run.id())).out())
                    .contains("has ended already");
        }
    }

    @Test
    void aJobIsCancelledByAWishOfTheServer() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 2);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1);
            runs.activate(runs.host(run, "ada"));
            Heard heard = post("ada", "/api/v1/says/cancel" + words("--no-wait", "align:sample=A"));
            assertThat(heard.out()).isEqualTo("the run is told to stop align:sample=A.\n");
            assertThat(runs.asked)
                    .containsExactly("wish " + run.id() + " CancelTask[task=aaaaaaaa]");
        }
    }

    @Test
    void aRunThatTheServerIsAboutToTakeUpAgainIsNotEndedBehindItsBack() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 2)) {
            run.running(A, 1);
            runs.activate(runs.host(run, "ada"));
            Heard heard = post("ada", "/api/v1/says/cancel" + words("--no-wait"));
            assertThat(heard.out()).isEqualTo("Run " + run.id() + " is told to stop.\n");
            assertThat(runs.asked).containsExactly("cancel " + run.id() + " now");
        }
    }

    @Test
    void resumeTellsTheServerWhatIsDifferentThisTime() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            HostedRun hosted = runs.host(run.failed(A, 1).ended(RunOutcome.FAILED), "ada");
            Heard heard = post("ada", "/api/v1/says/resume" + words("-c", "4", "-k"));
            assertThat(heard.out()).isEqualTo(run.id() + "\n");
            assertThat(heard.err()).isEqualTo("Resuming run " + run.id() + ".\n");
            assertThat(runs.asked)
                    .containsExactly("resume " + run.id() + " --cores 4 --keep-going");
            runs.activate(hosted);
            Heard refused = post("ada", "/api/v1/says/resume" + words(run.id()));
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).isEqualTo("error: run " + run.id() + " goes on already\n");
            assertThat(post("ada", "/api/v1/says/resume").err()).startsWith("Nothing to resume");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "status, -d /tmp, cannot be asked of a server",
        "status, --server http://x, cannot be asked of a server",
        "status, --bogus, there is no option --bogus",
        "status, one two, takes one word",
        "history, /etc/passwd, is not in the run's folder",
        "history, a/../../b, is not in the run's folder",
        "explain, ../b, is not in the run's folder",
        "explain, a -- -s /tmp/Snakefile, by the run's own command line",
        "logs, --run 2099 align, is not run",
        "attach, 2099, is not run",
        "resume, --python /bin/sh, cannot be asked of a server",
        "resume, --detach, cannot be asked of a server",
    })
    void wordsThatWouldLeaveTheRunAreRefused(String command, String words, String said)
            throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            runs.host(run.ended(RunOutcome.FAILED), "ada");
            String path = "/api/v1/runs/" + run.id() + "/says/" + command + words(words.split(" "));
            Heard heard = command.equals("resume") ? post("ada", path) : get("ada", path);
            assertThat(heard.status()).isEqualTo(422);
            assertThat(heard.type()).isEqualTo("application/problem+json");
            assertThat(heard.body())
                    .contains("\"status\":422")
                    .contains(said)
                    .contains("\"instance\":\"/api/v1/runs/" + run.id());
            assertThat(runs.asked).isEmpty();
        }
    }

    @Test
    void whoMayNotIsRefused() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1);
                var secret =
                        RunSketch.planned(runs.workdir("x"), RunSketch.BEGIN.plusSeconds(5), 1)) {
            runs.host(run.ended(RunOutcome.FAILED), "ada");
            runs.host(secret.ended(RunOutcome.FAILED), "hidden");
            String path = "/api/v1/runs/" + run.id() + "/says/";
            assertThat(post("eve", path + "cancel").status()).isEqualTo(403);
            assertThat(post("eve", "/api/v1/says/resume").status()).isEqualTo(403);
            assertThat(get("eve", path + "status").status()).isEqualTo(200);
            assertThat(get("eve", "/api/v1/runs/" + secret.id() + "/says/status").status())
                    .isEqualTo(404);
            assertThat(get("eve", "/api/v1/says/status" + words(secret.id())).status())
                    .isEqualTo(404);
            assertThat(get("ada", path + "cancel").status()).isEqualTo(405);
            assertThat(post("ada", path + "status").status()).isEqualTo(405);
            assertThat(get("ada", path + "journal").status()).isEqualTo(404);
            assertThat(runs.asked).isEmpty();
        }
    }

    @Test
    void theCommandEndsWhenItsClientIsGone() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1);
                var _ = Hold.take(run.run(), List.of())) {
            runs.activate(runs.host(run, "ada"));
            try (var lines = open("ada", "/api/v1/says/attach")) {
                until(lines, "0 of 1 jobs done");
                assertThat(server.atWork()).isEqualTo(1);
            }
            await().until(() -> server.atWork() == 0);
        }
    }

    @Test
    void aClientThatDoesNotReadIsWaitedForAndNothingPilesUp() throws Exception {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            run.running(A, 1).printed(A, 1, "0123456789abcde\n".repeat(1 << 21));
            runs.host(run.finished(A, 1).ended(RunOutcome.SUCCEEDED), "ada");
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setReceiveBufferSize(1 << 14);
                socket.getOutputStream()
                        .write(
                                ("GET /api/v1/says/logs"
                                                + words("align:sample=A")
                                                + " HTTP/1.1\r\nHost: x\r\nAs: ada\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> server.atWork() == 1);
                // 32 MB fit into no socket: were they taken all the same, it would be over.
                await().during(500, TimeUnit.MILLISECONDS).until(() -> server.atWork() == 1);
            }
            await().until(() -> server.atWork() == 0);
        }
    }

    private BufferedReader open(String as, String path) throws Exception {
        HttpResponse<InputStream> answer =
                client.send(
                        request(as, path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException("status " + answer.statusCode());
        }
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The lines up to one that holds the text, as they are. */
    private static String until(BufferedReader lines, String text) throws IOException {
        var read = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            assertThat(line).as("waiting for " + text + " after " + read).isNotNull();
            read.append(line).append('\n');
            if (line.contains(text)) {
                return read.toString();
            }
        }
    }

    private static String markIn(String lines) {
        String last = lines.strip().lines().reduce((one, two) -> two).orElse("");
        return last.substring("{\"at\":\"".length(), last.length() - 2);
    }

    private Heard get(String as, String path) throws Exception {
        return heard(request(as, path).GET().build());
    }

    private Heard post(String as, String path) throws Exception {
        return heard(request(as, path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String as, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).header("As", as);
    }

    private Heard heard(HttpRequest request) throws Exception {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        var out = new StringBuilder();
        var err = new StringBuilder();
        var marks = new ArrayList<String>();
        int exit = -1;
        if (answer.statusCode() == 200) {
            for (String line : answer.body().lines().toList()) {
                assertThat(exit).as("nothing follows the exit code").isEqualTo(-1);
                try (JsonParser json = new JsonFactory().createParser(line)) {
                    json.nextToken();
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        json.nextToken();
                        switch (json.currentName()) {
                            case "out" -> out.append(json.getText());
                            case "err" -> err.append(json.getText());
                            case "out64" ->
                                    out.append(
                                            new String(
                                                    Base64.getDecoder().decode(json.getText()),
                                                    StandardCharsets.ISO_8859_1));
                            case "at" -> marks.add(json.getText());
                            case "exit" -> exit = json.getIntValue();
                            default -> throw new AssertionError(line);
                        }
                    }
                }
            }
        }
        return new Heard(
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.headers().firstValue("Sluice-Run").orElse(""),
                out.toString(),
                err.toString(),
                exit,
                marks,
                answer.body());
    }

    private static String words(String... words) {
        var query = new StringBuilder();
        for (String word : words) {
            query.append(query.isEmpty() ? '?' : '&').append("word=").append(encoded(word));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
