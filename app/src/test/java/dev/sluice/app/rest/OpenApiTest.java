package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.runs.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The description of the API says what the server has, no more and no less. */
class OpenApiTest {
    private static final String ID = "20261124-100000-000";
    private static final String RUN = "/runs/" + ID;
    private static final String B = RUN + "/jobs/bbbbbbbb";

    @TempDir Path data;
    private final Description description = Description.packed();

    @Test
    void eachRouteIsDescribedAndEachDescriptionIsRouted() {
        try (var server = new RestServer(data)) {
            var routed = new TreeSet<String>();
            for (Operation each : server.operations()) {
                routed.add(
                        each.method() + " " + each.path() + " " + each.id() + " " + each.words());
            }
            var described = new TreeSet<String>();
            for (Description.Described each : description.operations()) {
                if (!each.isStream()) {
                    described.add(
                            each.method().toUpperCase(Locale.ROOT)
                                    + " "
                                    + each.path()
                                    + " "
                                    + each.id()
                                    + " "
                                    + each.parameters("query", description));
                }
            }
            assertThat(described).isEqualTo(routed);
        }
    }

    @Test
    void thePathsParametersAreDescribed() {
        for (Description.Described each : description.operations()) {
            var named = new TreeSet<Object>();
            Pattern.compile("\\{(\\w+)}")
                    .matcher(each.path())
                    .results()
                    .forEach(found -> named.add(found.group(1)));
            assertThat(new TreeSet<>(each.parameters("path", description)))
                    .as(each.path())
                    .isEqualTo(named);
        }
    }

    @Test
    void theServerHandsOutTheDescription() {
        try (var server = new RestServer(data)) {
            HttpResponse<String> answer = server.get("/openapi.json");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.object(answer.body())).containsEntry("openapi", "3.1.0");
        }
    }

    @Test
    void answersAreAsTheyAreDescribed() {
        try (var server = new RestServer(data)) {
            HostedRun run = server.run(ID);
            PlannedFlow.make(run.workdir());
            server.engines = new Saying();
            server.catalogue.put(
                    new CatalogueRow(
                            ID, "grace", "f", "running", List.of(), 1, 1, -1, -1, -1, 0, 0, 0, 0, 0,
                            0, 0));
            check("listRuns", server.get("/runs"));
            check("getRun", server.get(RUN));
            check("listRules", server.get(RUN + "/rules"));
            check("drawRules", server.get(RUN + "/graph"));
            check("listJobs", server.get(RUN + "/jobs"));
            check("getJob", server.get(B));
            check("getJob", server.get(RUN + "/jobs/" + PlannedFlow.ALL));
            check("drawNeighbours", server.get(B + "/neighbours"));
            check("listFacts", server.get(RUN + "/facts"));
            check("explainJob", server.get(B + "/explain"));
            check("cancelRun", server.post(RUN + "/cancel", ""));
            check("resumeRun", server.post(RUN + "/resume", ""));
            check("retryJob", server.post(B + "/retry", ""));
            check("cancelJob", server.post(B + "/cancel", ""));
            Form form = new Form().file("bundle", "Snakefile", "rule a:\n    output: 'a'\n");
            check("submitRun", server.postForm("/runs", form));
            check("planWorkflow", server.postForm("/plan", form));
            check("replaceFiles", server.postForm(RUN + "/files", form));
            check("getRun", server.get("/runs/none"));
        }
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsFound() {
        assertThat(description.wrong("cancelRun", 202, Answer.JSON, Map.of("run", 7)))
                .containsExactly("cancelRun.run is to be string: 7");
        assertThat(description.wrong("cancelRun", 202, Answer.JSON, Map.of())).hasSize(1);
        assertThat(description.wrong("cancelRun", 202, Answer.JSON, Map.of("run", "a", "b", 1)))
                .containsExactly("cancelRun.b is not described");
        assertThat(description.wrong("cancelRun", 202, Answer.TEXT, "x")).hasSize(1);
    }

    @Test
    void aRunWithoutAPlanFileIsAsDescribedToo() {
        try (var server = new RestServer(data)) {
            HostedRun run = server.run(ID);
            check("getRun", server.get(RUN));
            check("listJobs", server.get(RUN + "/jobs"));
            PlannedFlow.makeWithoutPlan(run.workdir());
            check("getJob", server.get(B));
            check("drawRules", server.get(RUN + "/graph"));
            check("drawNeighbours", server.get(B + "/neighbours"));
        }
    }

    private void check(String operation, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElseThrow();
        Object value = Json.object("{\"it\":" + answer.body() + "}").get("it");
        assertThat(description.wrong(operation, answer.statusCode(), type, value))
                .as(operation + " " + answer.statusCode())
                .isEmpty();
    }

    private static final class Saying implements Engines {
        @Override
        public int dryRun(Path folder, List<String> words, Terminal terminal) {
            terminal.out().println("{\"rule\":\"a\"}");
            return 0;
        }

        @Override
        public int explain(Path folder, List<String> words, Terminal terminal) {
            terminal.out().println("{\"asked\":\"b\"}");
            return 0;
        }
    }
}
