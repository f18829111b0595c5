package dev.sluice.app.rest;

import static dev.sluice.app.rest.Asking.json;
import static dev.sluice.app.rest.Asking.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.runs.Json;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Real workflows are planned and explained, with Python, for who asks over a real port. */
class CommandEnginesTest {
    private static final String SNAKEFILE =
            """
            rule all:
                input: "a.txt"

            rule a:
                output: "a.txt"
                shell: "echo a > {output}"
            """;

    @TempDir Path data;
    private RestServer server;

    @BeforeEach
    void start() {
        server = new RestServer(data);
        server.engines = new CommandEngines(System.getenv());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Form form(String snakefile, String words) {
        return new Form().file("bundle", "Snakefile", snakefile).text("words", words);
    }

    @Test
    void aWorkflowIsPlanned() {
        Map<String, Object> told =
                json(server.postForm("/plan", form(SNAKEFILE, "[\"-c1\"]")), 200);
        List<Map<String, Object>> jobs = Json.objects(told.get("jobs"));
        assertThat(jobs).extracting(each -> each.get("rule")).containsExactly("a", "all");
        assertThat(jobs.getFirst()).containsEntry("shellcmd", "echo a > a.txt");
    }

    @Test
    void whatIsWrongWithAWorkflowIsSaid() {
        String broken = SNAKEFILE.replace("rule a:", "rule a");
        Map<String, Object> told =
                problem(server.postForm("/plan", form(broken, "[\"-c1\"]")), 422);
        assertThat(told.get("detail")).asString().contains("Snakefile:4");
        assertThat(told.get("detail")).asString().doesNotContain(data.toString());
    }

    @Test
    void wordsThatAreTheServersAreRefused() {
        for (String words : List.of("[\"-d\",\"/\"]", "[\"--unlock\"]", "[\"--nope\"]")) {
            problem(server.postForm("/plan", form(SNAKEFILE, words)), 422);
        }
    }

    @Test
    void aJobIsExplained() throws IOException {
        HostedRun run = server.run("20261124-100000-000");
        Files.writeString(run.workdir().resolve("Snakefile"), SNAKEFILE);
        try (var sketch = RunSketch.planned(run.workdir(), 1)) {
            sketch.ended(RunOutcome.STOPPED);
        }
        Map<String, Object> told = json(server.get("/runs/" + run.id() + "/jobs/a/explain"), 200);
        assertThat(told).containsEntry("rule", "a").containsEntry("run", run.id());
        problem(server.get("/runs/" + run.id() + "/jobs/nothing/explain"), 422);
    }
}
