package dev.sluice.app.rest;

import static dev.sluice.app.rest.Asking.json;
import static dev.sluice.app.rest.Asking.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.runs.Json;
import dev.sluice.app.runs.RunSketch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The jobs of a run, asked for over a real port from a real journal and plan file. */
class JobsOverHttpTest {
    private static final String ID = "20261124-100000-000";
    private static final String LARGE = "20261124-100100-000";
    private static final String RUN = "/runs/" + ID;
    private static final String B = RUN + "/jobs/bbbbbbbb";

    @TempDir Path data;
    private RestServer server;
    private HostedRun run;

    @BeforeEach
    void start() {
        server = new RestServer(data);
        run = server.run(ID);
        PlannedFlow.make(run.workdir());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Object> rows(String words) {
        return Json.objects(json(server.get(RUN + "/jobs" + words), 200).get("jobs")).stream()
                .map(each -> each.get("row"))
                .toList();
    }

    @Test
    void jobsAreListedWithAllThatATableShows() {
        Map<String, Object> told = json(server.get(RUN + "/jobs"), 200);
        assertThat(told).containsEntry("total", 4).containsEntry("next", null);
        List<Map<String, Object>> jobs = Json.objects(told.get("jobs"));
        assertThat(jobs)
                .extracting(each -> each.get("state"))
                .containsExactly("finished", "failed", "running", "waiting");
        assertThat(jobs.get(1))
                .containsEntry("job", "bbbbbbbb")
                .containsEntry("rule", "align")
                .containsEntry("wildcards", Map.of("sample", "B"))
                .containsEntry("output", List.of("out/B.bam"))
                .containsEntry("attempts", 2)
                .containsEntry("executor", "local")
                .containsEntry("failure", "exit code 3");
        assertThat(jobs.get(3)).containsEntry("executor", null).containsEntry("started", null);
    }

    @Test
    void jobsAreFilteredByEachOfTheirProperties() {
        assertThat(rows("?state=failed,running")).containsExactly(1, 2);
        assertThat(rows("?state=failed&state=waiting")).containsExactly(1, 3);
        assertThat(rows("?rule=all")).containsExactly(3);
        assertThat(rows("?rule=none")).isEmpty();
        assertThat(rows("?executor=local")).containsExactly(0, 1, 2);
        assertThat(rows("?wildcard=sample=C")).containsExactly(2);
        assertThat(rows("?q=OUT%2Fb.BAM")).containsExactly(1);
        assertThat(rows("?q=ALL")).containsExactly(3);
        assertThat(rows("?q=lig&state=finished")).containsExactly(0);
        problem(server.get(RUN + "/jobs?state=asleep"), 400);
        problem(server.get(RUN + "/jobs?wildcard=sample"), 400);
    }

    @Test
    void pagesFollowEachOtherByRow() {
        Map<String, Object> first = json(server.get(RUN + "/jobs?rule=align&limit=2"), 200);
        assertThat(first).containsEntry("total", 3).containsEntry("next", 1);
        assertThat(rows("?rule=align&limit=2&after=1")).containsExactly(2);
        assertThat(json(server.get(RUN + "/jobs?rule=align&limit=2&after=1"), 200))
                .containsEntry("next", null);
    }

    @Test
    void aJobTellsItsAttemptsItsCommandAndItsNeighbours() {
        Map<String, Object> told = json(server.get(B), 200);
        assertThat(told)
                .containsEntry("row", 1)
                .containsEntry("job", "bbbbbbbb")
                .containsEntry("title", "align, sample=B")
                .containsEntry("state", "failed")
                .containsEntry("current", true)
                .containsEntry("command", "bwa reads/B.fq > out/B.bam")
                .containsEntry("params", List.of("'-k'", "19"))
                .containsEntry("input", List.of("reads/B.fq"))
                .containsEntry("reason", "Missing output files: out/B.bam")
                .containsEntry("needs", List.of())
                .containsEntry("needed_by_count", 1);
        assertThat(Json.objects(told.get("attempts"))).hasSize(2);
        assertThat(Json.objects(told.get("needed_by")).getFirst())
                .containsEntry("job", PlannedFlow.ALL)
                .containsEntry("state", "waiting");
    }

    @Test
    void aJobThatWaitsIsKnownByThePlanAlone() {
        Map<String, Object> told = json(server.get(RUN + "/jobs/" + PlannedFlow.ALL), 200);
        assertThat(told)
                .containsEntry("state", "waiting")
                .containsEntry("attempts", List.of())
                .containsEntry("command", null)
                .containsEntry("input", List.of("out/A.bam", "out/B.bam", "out/C.bam"))
                .containsEntry("needs_count", 3);
        assertThat(Json.objects(told.get("needs")))
                .extracting(each -> each.get("title"))
                .containsExactly("align, sample=A", "align, sample=B", "align, sample=C");
        problem(server.get(RUN + "/jobs/deadbeef"), 404);
    }

    @Test
    void rulesAreCountedByState() {
        HttpResponse<String> answer = server.get(RUN + "/rules");
        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, Object> told = Json.object("{\"list\":" + answer.body() + "}");
        assertThat(Json.objects(told.get("list")))
                .containsExactly(
                        Map.of(
                                "rule",
                                "align",
                                "total",
                                3,
                                "states",
                                Map.of("finished", 1, "failed", 1, "running", 1)),
                        Map.of("rule", "all", "total", 1, "states", Map.of("waiting", 1)));
    }

    @Test
    void theRuleGraphIsLaidOutFromTopToBottom() {
        Map<String, Object> told = json(server.get(RUN + "/graph"), 200);
        assertThat(told).containsEntry("truncated", false).containsKeys("width", "height");
        List<Map<String, Object>> nodes = Json.objects(told.get("nodes"));
        assertThat(nodes).extracting(each -> each.get("rule")).containsExactly("align", "all");
        assertThat(number(nodes.get(0), "y") + number(nodes.get(0), "height"))
                .isLessThan(number(nodes.get(1), "y"));
        Map<String, Object> edge = Json.objects(told.get("edges")).getFirst();
        assertThat(edge).containsEntry("from", "align").containsEntry("to", "all");
        assertThat((List<?>) edge.get("points")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void theNeighboursOfAJobAreDrawnAsFarAsAskedFor() {
        Map<String, Object> near = json(server.get(B + "/neighbours"), 200);
        assertThat(Json.objects(near.get("nodes")))
                .extracting(each -> each.get("row"))
                .containsExactly(1, 3);
        assertThat(Json.objects(near.get("edges")).getFirst())
                .containsEntry("from", 1)
                .containsEntry("to", 3);
        Map<String, Object> far = json(server.get(B + "/neighbours?hops=2"), 200);
        assertThat(Json.objects(far.get("nodes")))
                .extracting(each -> each.get("row"))
                .containsExactly(1, 3, 0, 2);
        assertThat(Json.objects(far.get("edges"))).hasSize(3);
    }

    private static double number(Map<String, Object> object, String field) {
        return ((Number) Objects.requireNonNull(object.get(field))).doubleValue();
    }

    @Test
    void aLogComesInPiecesThatCutNoCharacter() {
        String log = RUN + "/jobs/aaaaaaaa/attempts/1/log";
        HttpResponse<String> first = server.get(log + "?limit=16");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("aligning the gr");
        assertThat(first.headers().firstValue("Sluice-Log-Next")).hasValue("15");
        assertThat(first.headers().firstValue("Sluice-Log-Size")).hasValue("18");
        assertThat(server.get(log + "?offset=15").body()).isEqualTo("ün");
        HttpResponse<String> tail = server.get(log + "?tail=2");
        assertThat(tail.body()).isEqualTo("ün");
        assertThat(tail.headers().firstValue("Sluice-Log-Offset")).hasValue("15");
    }

    @Test
    void anAttemptThatPrintedNothingHasAnEmptyLog() {
        HttpResponse<String> answer = server.get(B + "/attempts/2/log");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Sluice-Log-Size")).hasValue("0");
        problem(server.get(B + "/attempts/3/log"), 404);
        problem(server.get(B + "/attempts/x/log"), 404);
    }

    @Test
    void aRulesOwnLogIsReadWithinTheWorkingFolderOnly() throws IOException {
        Path log = run.workdir().resolve("logs/align.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "aligned\n");
        String path = RUN + "/jobs/aaaaaaaa/attempts/1/log?file=";
        assertThat(server.get(path + "0").body()).isEqualTo("aligned\n");
        problem(server.get(path + "1"), 404);
        Files.delete(log);
        Path secret = Files.writeString(data.resolve("secret"), "secret\n");
        Files.createSymbolicLink(log, secret);
        problem(server.get(path + "0"), 403);
    }

    @Test
    void theEnginesLogIsReadLikeAnyOther() throws IOException {
        Files.writeString(run.engineLog(), "planning\nrunning\n");
        assertThat(server.get(RUN + "/log?offset=9").body()).isEqualTo("running\n");
    }

    @Test
    void jobsOfARunThatGoesOnAreWishedFor() {
        server.runs.active.add(ID);
        json(server.post(RUN + "/jobs/cccccccc/cancel", ""), 202);
        json(server.post(B + "/retry", ""), 202);
        problem(server.post(B + "/cancel", ""), 409);
        problem(server.post(RUN + "/jobs/cccccccc/retry", ""), 409);
        assertThat(server.runs.asked)
                .containsExactly(
                        "wish " + ID + " CancelTask[task=cccccccc]",
                        "wish " + ID + " RetryTask[task=bbbbbbbb]");
    }

    @Test
    void aRetryGoesOnWithARunThatIsOver() {
        json(server.post(B + "/retry", ""), 202);
        problem(server.post(RUN + "/jobs/cccccccc/cancel", ""), 409);
        assertThat(server.runs.asked).containsExactly("resume " + ID + " []");
    }

    @Test
    void explainingIsLeftToTheCommand() {
        server.engines =
                new Engines() {
                    @Override
                    public int dryRun(Path folder, List<String> words, Terminal terminal) {
                        throw new AssertionError();
                    }

                    @Override
                    public int explain(Path folder, List<String> words, Terminal terminal) {
                        assertThat(folder).isEqualTo(run.workdir());
                        terminal.out().println("{\"asked\":\"" + words.getLast() + "\"}");
                        return 0;
                    }
                };
        assertThat(json(server.get(B + "/explain"), 200)).containsEntry("asked", "bbbbbbbb");
    }

    @Test
    void drawingsOfVeryManyAreCutToTheLargestAndTheNearest() {
        var plan = new StringBuilder("{\"format\":1,\"plan\":1}\n");
        plan.append(
                "{\"k\":\"source\",\"r\":\"rule0\",\"w\":{},\"i\":[],\"o\":[\"s\"],\"n\":[]}\n");
        for (int job = 1; job <= 620; job++) {
            String rule = job <= 310 ? "rule" + job : "rule" + (job - 310);
            plan.append("{\"k\":\"job").append(job).append("\",\"r\":\"").append(rule);
            plan.append("\",\"w\":{},\"i\":[\"s\"],\"o\":[\"o").append(job);
            plan.append("\"],\"n\":[0]}\n");
        }
        HostedRun large = server.run(LARGE);
        try (var sketch =
                RunSketch.planned(large.workdir(), RunSketch.BEGIN.plusSeconds(60), 621)) {
            PlannedFlow.plan(sketch.run(), plan.toString());
        }
        Map<String, Object> rules = json(server.get("/runs/" + large.id() + "/graph"), 200);
        assertThat(Json.objects(rules.get("nodes")))
                .hasSize(300)
                .allSatisfy(node -> assertThat(node).containsEntry("total", 2));
        assertThat(rules).containsEntry("truncated", true);
        Map<String, Object> near =
                json(server.get("/runs/" + large.id() + "/jobs/source/neighbours"), 200);
        assertThat(Json.objects(near.get("nodes"))).hasSize(300);
        assertThat(Json.objects(near.get("edges"))).hasSize(299);
        assertThat(near).containsEntry("truncated", true);
    }
}
