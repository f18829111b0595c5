package dev.sluice.app.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.access.Access;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.app.runs.Said;
import dev.sluice.app.says.SaysServer;
import dev.sluice.app.says.SketchedRuns;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Commands against a server: the real handler, and servers that answer badly. */
class RemoteCommandTest {
    private static final Job A = Job.align("A");
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), 5, Duration.ofSeconds(20));

    /** A sign of life, and then nothing of what was promised. */
    private static final String ANSWER_WITHOUT_END =
            """
            HTTP/1.1 200 OK\r
            Content-Type: application/x-ndjson\r
            Content-Length: 99\r
            \r
            {}
            """;

    @TempDir Path data;
    @TempDir Path here;
    private final Said said = new Said();
    private final Map<String, String> environment = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private SketchedRuns runs;

    @SuppressWarnings("NullAway.Init")
    private SaysServer server;

    @BeforeEach
    void begin() {
        runs = new SketchedRuns(data);
        server = new SaysServer(runs, Access.OPEN);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aCommandIsPrintedAsItIsOverThereAndEndsAsItDoes() {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            runs.host(run.running(A, 1).printed(A, 1, "höllo\n").failed(A, 1), "ada");
            run.ended(RunOutcome.FAILED);
            assertThat(remote("status", "--server", server.url())).isZero();
            assertThat(said.out()).startsWith("run " + run.id() + ": failed");
            assertThat(said.err()).isEmpty();
            var log = new Said();
            assertThat(remote(log, QUICK, "logs", "align:sample=A", "--server=" + server.url()))
                    .isZero();
            assertThat(log.out()).isEqualTo("höllo\n");
            assertThat(log.err()).startsWith("align, sample=A, attempt 1 of run " + run.id());
            var attached = new Said();
            assertThat(remote(attached, QUICK, "attach", "--server", server.url())).isEqualTo(1);
            assertThat(attached.err()).contains("Failed").doesNotContain("connection");
        }
    }

    @Test
    void theServerOfTheEnvironmentIsTakenWhereTheOptionStandsAlone() {
        environment.put("SLUICE_SERVER", server.url() + "/");
        try (var one = RunSketch.planned(runs.workdir("one"), 1);
                var two =
                        RunSketch.planned(runs.workdir("two"), RunSketch.BEGIN.plusSeconds(5), 1)) {
            runs.host(one.ended(RunOutcome.FAILED), "ada");
            runs.host(two.ended(RunOutcome.SUCCEEDED), "ada");
            assertThat(remote("status", "--server")).isZero();
            assertThat(said.out()).startsWith("run " + two.id());
            var other = new Said();
            assertThat(remote(other, QUICK, "status", "--server", one.id())).isZero();
            assertThat(other.out()).startsWith("run " + one.id());
        }
    }

    @Test
    void steeringCommandsAreSentAsTheyShould() {
        try (var run = RunSketch.planned(runs.workdir("one"), 1)) {
            runs.host(run.failed(A, 1).ended(RunOutcome.FAILED), "ada");
            assertThat(
                            remote(
                                    "resume",
                                    run.id(),
                                    "--resources",
                                    "mem_mb=5",
                                    "--server",
                                    server.url()))
                    .isZero();
            assertThat(said.out()).isEqualTo(run.id() + "\n");
            assertThat(runs.asked).containsExactly("resume " + run.id() + " --resources mem_mb=5");
            assertThat(remote("cancel", "--server", server.url())).isZero();
            assertThat(said.out()).contains("has ended already: failed");
        }
    }

    @Test
    void attachGoesOnWhereItWasCutAndTellsEachLineOnce() throws Exception {
        try (var proxy = new CuttingProxy(server.port());
                var run = RunSketch.planned(runs.workdir("one"), 60);
                var _ = Hold.take(run.run(), List.of())) {
            runs.activate(runs.host(run, "ada"));
            var following =
                    CompletableFuture.supplyAsync(() -> remote("attach", "--server", proxy.url()));
            await().until(() -> said.err().contains("0 of 60 jobs done"));
            var expected = new ArrayList<String>();
            for (int i = 0; i < 60; i++) {
                var job = Job.align("S" + i);
                String line = "job " + i + " says this";
                expected.add(line);
                expected.add("Finished align, sample=S" + i);
                run.running(job, 1).printed(job, 1, line + "\n").finished(job, 1);
                if (i % 7 == 0) {
                    int before = proxy.connections();
                    proxy.cut();
                    await().until(() -> proxy.connections() > before);
                }
            }
            run.ended(RunOutcome.SUCCEEDED);
            assertThat(following.join()).isZero();
            assertThat(
                            said.err()
                                    .lines()
                                    .filter(
                                            line ->
                                                    line.startsWith("job ")
                                                            || line.startsWith("Finished"))
                                    .toList())
                    .isEqualTo(expected);
            assertThat(said.err())
                    .contains("The connection to the server is lost")
                    .contains("60 of 60 jobs done\nDone.\nhttp://")
                    .endsWith("/runs/" + run.id() + "\n");
            assertThat(said.err().lines().filter(line -> line.startsWith("run " + run.id())))
                    .as("what had happened before is told once")
                    .hasSize(1);
        }
    }

    @Test
    void theServerMayBeGoneForAWhileAndIsSaidToBeOnce() throws Exception {
        try (var proxy = new CuttingProxy(server.port());
                var run = RunSketch.planned(runs.workdir("one"), 1);
                var _ = Hold.take(run.run(), List.of())) {
            runs.activate(runs.host(run.running(A, 1), "ada"));
            var patient =
                    new Backoff(
                            Duration.ofMillis(5),
                            Duration.ofMillis(10),
                            10_000,
                            Duration.ofSeconds(20));
            var following =
                    CompletableFuture.supplyAsync(
                            () ->
                                    remote(
                                            said,
                                            patient,
                                            "logs",
                                            "-f",
                                            "align:sample=A",
                                            "--server",
                                            proxy.url()));
            run.printed(A, 1, "one\nha");
            await().until(() -> said.out().endsWith("ha"));
            proxy.refuse(true);
            proxy.cut();
            int before = proxy.connections();
            run.printed(A, 1, "lf\nthree\n").failedOnce(A, 1).running(A, 2);
            await().until(() -> proxy.connections() > before + 5);
            proxy.refuse(false);
            run.printed(A, 2, "again\n").finished(A, 2).ended(RunOutcome.SUCCEEDED);
            assertThat(following.join()).isZero();
            assertThat(said.out()).isEqualTo("one\nhalf\nthree\nagain\n");
            assertThat(said.err().split("is lost", -1)).hasSize(2);
            assertThat(said.err()).contains("-- attempt 2").contains("-- finished");
        }
    }

    @Test
    void whatWasNotMarkedIsNotPrintedTwice() throws Exception {
        try (var hand =
                new HandMade()
                        .cut("{\"err\":\"first\\n\"}", "{\"at\":\"7;x-1=3\"}", "{\"err\":\"sec\"}")
                        .problem(503, "{\"detail\":\"starting\"}")
                        .says(
                                "{\"err\":\"second\\n\"}",
                                "{}",
                                "{\"later\":{\"a\":[1]}}",
                                "{\"exit\":1}")) {
            assertThat(remote("attach", "--server", hand.url())).isEqualTo(1);
            assertThat(said.err().lines().filter(line -> !line.startsWith("The connection")))
                    .containsExactly("first", "second", hand.url() + "/runs/20261124-100000-000");
            assertThat(hand.asked)
                    .containsExactly(
                            "GET /api/v1/says/attach",
                            "GET /api/v1/runs/20261124-100000-000/says/attach?after=7%3Bx-1%3D3",
                            "GET /api/v1/runs/20261124-100000-000/says/attach?after=7%3Bx-1%3D3");
        }
    }

    @Test
    void itIsNotTriedForEver() throws Exception {
        try (var hand = new HandMade().cut("{\"err\":\"first\\n\"}", "{\"at\":\"7\"}")) {
            for (int i = 0; i < 10; i++) {
                hand.cut("{\"err\":\"sec\"}");
            }
            assertThat(remote("attach", "--server", hand.url())).isEqualTo(2);
            assertThat(hand.asked).hasSize(6);
            assertThat(said.err())
                    .contains("first\n")
                    .contains("error: the connection to " + hand.url() + " is lost")
                    .contains("sluice status 20261124-100000-000 --server " + hand.url());
        }
    }

    @Test
    void anAnswerThatBreaksOffIsAnErrorWhereNothingIsFollowed() throws Exception {
        try (var hand = new HandMade().cut("{\"out\":\"half a list\\n\"}")) {
            assertThat(remote("runs", "--server", hand.url())).isEqualTo(2);
            assertThat(said.out()).isEqualTo("half a list\n");
            assertThat(said.err()).startsWith("error: the connection to " + hand.url());
            assertThat(hand.asked).hasSize(1);
        }
    }

    @Test
    void aServerThatFallsSilentIsTakenForGone() throws Exception {
        try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    var socket = door.accept();
                                    socket.getOutputStream()
                                            .write(
                                                    ANSWER_WITHOUT_END.getBytes(
                                                            StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            var impatient =
                    new Backoff(
                            Duration.ofMillis(5), Duration.ofMillis(5), 1, Duration.ofMillis(200));
            assertThat(
                            remote(
                                    said,
                                    impatient,
                                    "runs",
                                    "--server",
                                    "http://127.0.0.1:" + door.getLocalPort()))
                    .isEqualTo(2);
            assertThat(said.err()).contains("fallen silent");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {} | error: the server URL does not know you | it wants a token",
                "403 | {\"detail\":\"eve may not\"} | error: eve may not |",
                "403 | {} | error: the server does not allow you this |",
                "404 | {\"detail\":\"no run x\",\"hint\":\"did you mean y?\"} | error: no run x"
                        + " | = help: did you mean y?",
                "404 | {} | error: the server URL does not know this | is it a Sluice server",
                "422 | {\"title\":\"Bad words\"} | error: Bad words |",
                "500 | {} | error: the server URL answered with status 500 |",
                "503 | {} | error: the server URL is not ready | try it in a moment",
                "302 | {} | error: the server URL is elsewhere | --server",
            })
    void whatTheServerDoesNotAllowIsSaidInItsWords(
            int status, String body, String error, String hint) throws Exception {
        try (var hand = new HandMade()) {
            // One that may be otherwise in a moment is asked again.
            for (int i = 0; i <= Backoff.USUAL.startingTries(); i++) {
                hand.problem(status, body);
            }
            assertThat(remote("status", "--server", hand.url())).isEqualTo(2);
            assertThat(said.err()).startsWith(error.replace("URL", hand.url()));
            if (hint != null) {
                assertThat(said.err()).contains(hint);
            }
            assertThat(said.out()).isEmpty();
        }
    }

    @Test
    void aRunThatIsUnknownIsSaidAsTheCommandLineSaysIt() {
        assertThat(remote("status", "--server", server.url())).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        """
                        error: there are no runs on this server
                          = help: `sluice submit` makes one
                        """);
    }

    @Test
    void somethingElseThatAnswersIsNoServer() throws Exception {
        try (var hand = new HandMade().page(200, "<html>").page(404, "<html>")) {
            assertThat(remote("status", "--server", hand.url())).isEqualTo(2);
            assertThat(said.err()).contains("is no Sluice server of this version");
            assertThat(remote("status", "--server", hand.url())).isEqualTo(2);
            assertThat(said.err()).contains("does not know this");
        }
    }

    @Test
    void whereNothingListensThatIsSaid() throws Exception {
        int port;
        try (var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = door.getLocalPort();
        }
        assertThat(remote("attach", "--server", "http://127.0.0.1:" + port)).isEqualTo(2);
        assertThat(said.err())
                .isEqualTo(
                        "error: cannot reach the server http://127.0.0.1:"
                                + port
                                + ": connection refused\n"
                                + "  = help: is it running there? `sluice serve` starts one\n");
        var tls = new Said();
        assertThat(remote(tls, QUICK, "runs", "--server", server.url().replace("http", "https")))
                .isEqualTo(2);
        assertThat(tls.err()).contains("no secure connection").contains("trustStore");
        var lost = new Said();
        assertThat(remote(lost, QUICK, "runs", "--server", "http://no-such-host.invalid"))
                .isEqualTo(2);
        assertThat(lost.err()).contains("no machine has this name");
    }

    @Test
    void theTokenIsShownToTheServerAndToNobodyElse() throws Exception {
        environment.put("SLUICE_TOKEN", "of-the-environment");
        Files.writeString(here.resolve("token"), "of-the-file\nmore\n");
        try (var hand = new HandMade()) {
            hand.says("{\"exit\":0}").says("{\"exit\":0}").problem(401, "{}");
            assertThat(remote("runs", "--server", hand.url())).isZero();
            assertThat(remote("runs", "--server", hand.url(), "--token-file", "token")).isZero();
            assertThat(remote("runs", "--server", hand.url())).isEqualTo(2);
            assertThat(hand.tokens).startsWith("Bearer of-the-environment", "Bearer of-the-file");
            assertThat(said.err()).contains("the token that it was shown is not one of its own");
        }
        assertThat(remote("runs", "--server", "http://x", "--token-file", "absent")).isEqualTo(2);
        assertThat(said.err()).contains("the token file absent cannot be read");
        assertThat(said.err()).doesNotContain("of-the");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status --server http://h --bogus | there is no option --bogus",
                "status --server http://h -d . | -d names a folder of this machine",
                "status --server | --server expects the URL of a server",
                "status --server localhost:80 | --server expects a URL, not `localhost:80`",
                "status --server http://user:pw@h | --server expects a URL",
                "status --server http:// | --server expects a URL",
                "explain a --server http://h -- -n | explains by the run's own command line",
                "journal --server http://h | cannot be asked of a server",
            })
    void aMistakeIsToldWithoutAskingAnybody(String words, String error) {
        String[] split = words.split(" ", -1);
        assertThat(remote(split[0], Arrays.copyOfRange(split, 1, split.length))).isEqualTo(2);
        assertThat(said.err()).startsWith("error: ").contains(error);
    }

    @Test
    void helpNeedsNoServer() {
        assertThat(remote("logs", "--server", "--help")).isZero();
        assertThat(said.out()).contains("Usage: sluice logs").contains("--server [URL]");
    }

    @Test
    void aCommandIsMeantForAServerWhenItSaysSo() {
        assertThat(RemoteCommand.wanted("status", List.of("--server"))).isTrue();
        assertThat(RemoteCommand.wanted("resume", List.of("-k", "--server=http://h"))).isTrue();
        assertThat(RemoteCommand.wanted("status", List.of("x"))).isFalse();
        assertThat(RemoteCommand.wanted("explain", List.of("x", "--", "--server"))).isFalse();
        assertThat(RemoteCommand.wanted("run", List.of("--server"))).isFalse();
    }

    private int remote(String command, String... words) {
        return remote(said, QUICK, command, words);
    }

    private int remote(Said said, Backoff backoff, String command, String... words) {
        return new RemoteCommand(said.terminal(), here, environment, backoff)
                .guarded(command, List.of(words));
    }
}
