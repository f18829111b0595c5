package dev.sluice.app.rest;

import static dev.sluice.app.rest.Asking.json;
import static dev.sluice.app.rest.Asking.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.access.Action;
import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.runs.Json;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs as a whole, asked for over a real port from real run folders. */
class RunsOverHttpTest {
    private static final String ID = "20261124-100000-000";

    @TempDir Path data;
    private RestServer server;
    private HostedRun run;

    @BeforeEach
    void start() {
        server = new RestServer(data);
        run = server.run(ID);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void failedRun() {
        try (var sketch = RunSketch.planned(run.workdir(), 2)) {
            sketch.running(Job.align("A"), 1)
                    .finished(Job.align("A"), 1)
                    .running(Job.align("B"), 1)
                    .failed(Job.align("B"), 1)
                    .ended(RunOutcome.FAILED);
        }
    }

    @Test
    void aRunSaysHowItStandsAndWhatItWasSubmittedAs() {
        failedRun();
        Map<String, Object> told = json(server.get("/runs/" + ID), 200);
        assertThat(told)
                .containsEntry("run", ID)
                .containsEntry("state", "failed")
                .containsEntry("owner", "grace")
                .containsEntry("name", "flow")
                .containsEntry("words", List.of("-c", "2"))
                .containsEntry("bytes", 1234)
                .containsEntry("submitted", "2026-11-24T09:59:00Z")
                .containsEntry("done", 1)
                .containsEntry("total", 2)
                .containsEntry("running_jobs", 0)
                .containsEntry("active", false)
                .containsEntry("diagnosis", null);
        assertThat(Json.objects(told.get("failed_jobs"))).hasSize(1);
    }

    @Test
    void aRunThatCouldNotBePlannedSaysWhatItsEnginePrinted() throws IOException {
        Files.writeString(run.engineLog(), "error: no rule makes x\n");
        Map<String, Object> told = json(server.get("/runs/" + ID), 200);
        assertThat(told)
                .containsEntry("diagnosis", "error: no rule makes x\n")
                .containsEntry("engine_log_size", 23)
                .containsEntry("owner", "grace")
                .containsEntry("started", null);
    }

    @Test
    void theListIsThatOfTheCatalogueNewestFirstAndPageByPage() {
        for (int each = 1; each <= 3; each++) {
            server.catalogue.put(row("2026112" + each + "-100000-000", "grace"));
        }
        server.catalogue.put(row("20261129-100000-000", "bob"));
        Map<String, Object> first = json(server.get("/runs?limit=2&owner=grace"), 200);
        assertThat(Json.objects(first.get("runs")))
                .extracting(each -> each.get("run"))
                .containsExactly("20261123-100000-000", "20261122-100000-000");
        assertThat(Json.objects(first.get("runs")).getFirst())
                .containsEntry("queued_jobs", 4)
                .containsEntry("running_jobs", 3)
                .containsEntry("ended", null);
        Map<String, Object> second =
                json(server.get("/runs?limit=2&owner=grace&after=" + first.get("next")), 200);
        assertThat(Json.objects(second.get("runs"))).hasSize(1);
        assertThat(second).containsEntry("next", null);
    }

    @Test
    void runsOfOthersAreNotListedAndNotThere() {
        server.access = (principal, action, owner) -> owner.equals("bob");
        server.catalogue.put(row("20261122-100000-000", "grace"));
        server.catalogue.put(row("20261121-100000-000", "bob"));
        assertThat(Json.objects(json(server.get("/runs?limit=1"), 200).get("runs")))
                .extracting(each -> each.get("run"))
                .containsExactly("20261121-100000-000");
        assertThat(problem(server.get("/runs/" + ID), 404))
                .containsEntry("detail", "there is no run " + ID);
    }

    @Test
    void whoMayOnlyLookCannotSteer() {
        server.access = (principal, action, owner) -> action == Action.LOOK;
        problem(server.post("/runs/" + ID + "/cancel", ""), 403);
        problem(server.post("/runs/" + ID + "/resume", ""), 403);
        problem(server.send("DELETE", "/runs/" + ID), 403);
        problem(server.postForm("/runs", new Form().file("bundle", "Snakefile", "")), 403);
        assertThat(server.runs.asked).isEmpty();
    }

    @Test
    void steeringIsToldToTheHost() {
        json(server.post("/runs/" + ID + "/cancel", "{\"now\": true}"), 202);
        json(server.post("/runs/" + ID + "/cancel", ""), 202);
        json(server.post("/runs/" + ID + "/resume", "{\"words\": [\"-k\"]}"), 202);
        assertThat(server.send("DELETE", "/runs/" + ID).statusCode()).isEqualTo(204);
        assertThat(server.runs.asked)
                .containsExactly(
                        "cancel " + ID + " true",
                        "cancel " + ID + " false",
                        "resume " + ID + " [-k]",
                        "delete " + ID);
    }

    @Test
    void whatTheHostRefusesIsAProblem() {
        server.runs.refusal = new Runs.Refused(Runs.Refused.Why.NOT_NOW, "it goes on");
        assertThat(problem(server.post("/runs/" + ID + "/resume", ""), 409))
                .containsEntry("detail", "it goes on");
        server.runs.refusal = new Runs.Refused(Runs.Refused.Why.BAD_WORDS, "no -d here");
        assertThat(problem(server.post("/runs/" + ID + "/resume", ""), 422))
                .containsEntry("detail", "no -d here");
        server.runs.active.add(ID);
        problem(server.send("DELETE", "/runs/" + ID), 409);
        assertThat(server.runs.asked).isEmpty();
    }

    @Test
    void brokenJsonIsToldWithItsPlace() {
        Map<String, Object> told =
                problem(server.post("/runs/" + ID + "/cancel", "{\n  \"now\": tru }"), 400);
        assertThat(told.get("detail")).asString().contains("line 2");
        assertThat(problem(server.post("/runs/" + ID + "/cancel", "{\"wow\": true}"), 400))
                .containsEntry("hint", "what can be given: now");
        problem(server.post("/runs/" + ID + "/resume", "{\"words\": [1]}"), 400);
    }

    @Test
    void unknownPathsMethodsAndWordsAreProblems() {
        problem(server.get("/nothing"), 404);
        problem(server.get("/runs/" + ID + "/jobs/x/y/z"), 404);
        problem(server.get("/runs/20200101-000000-000"), 404);
        HttpResponse<String> wrong = server.send("PUT", "/runs/" + ID);
        problem(wrong, 405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, DELETE");
        problem(server.get("/runs?limit=none"), 400);
        problem(server.get("/runs?wat=1"), 400);
        assertThat(problem(server.get("/runs?state=sleeping"), 400).get("hint"))
                .asString()
                .contains("broken-off");
    }

    @Test
    void aBugIsToldWithoutItsTrace() {
        server.access =
                (principal, action, owner) -> {
                    throw new IllegalArgumentException("secret");
                };
        HttpResponse<String> answer = server.get("/runs/" + ID);
        Map<String, Object> told = problem(answer, 500);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
        String log = server.log.toString(StandardCharsets.UTF_8);
        assertThat(log).contains("secret");
        String hint = String.valueOf(told.get("hint"));
        assertThat(log).contains(hint.substring(hint.lastIndexOf(' ') + 1));
    }

    @Test
    void pagesOfOtherSitesCannotSteer() {
        HttpResponse<String> answer =
                server.send(
                        server.request("/runs/" + ID + "/cancel")
                                .header("Origin", "https://evil.example")
                                .POST(HttpRequest.BodyPublishers.noBody()));
        problem(answer, 403);
        assertThat(server.runs.asked).isEmpty();
    }

    @Test
    void factsComePageByPage() {
        failedRun();
        Map<String, Object> first = json(server.get("/runs/" + ID + "/facts?limit=3"), 200);
        assertThat(Json.objects(first.get("facts")))
                .extracting(each -> each.get("fact"))
                .containsExactly("RunStarted", "PlanMade", "AttemptStarted");
        Map<String, Object> rest =
                json(server.get("/runs/" + ID + "/facts?after=" + first.get("next")), 200);
        List<Map<String, Object>> facts = Json.objects(rest.get("facts"));
        assertThat(facts.getFirst()).containsEntry("fact", "AttemptHandedOver");
        assertThat(facts.getLast()).containsEntry("fact", "RunEnded");
        Map<String, Object> none =
                json(server.get("/runs/" + ID + "/facts?after=" + rest.get("next")), 200);
        assertThat(Json.objects(none.get("facts"))).isEmpty();
        assertThat(none).containsEntry("next", rest.get("next"));
        problem(server.get("/runs/" + ID + "/facts?after=11"), 400);
    }

    private static CatalogueRow row(String id, String owner) {
        return new CatalogueRow(
                id, owner, "flow", "running", List.of(), 10, 1, 2, -1, 3, 1, 9, 0, 0, 3, 4, 77);
    }
}
