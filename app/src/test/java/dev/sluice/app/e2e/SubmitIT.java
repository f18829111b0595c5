package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code sluice submit} against a real {@code sluice serve}, as a new user meets it. */
final class SubmitIT {
    private static final String COPIES =
            """
            rule all:
                input: "out/a.txt", "out/b.txt"
            rule copy:
                input: "in.txt"
                output: "out/{s}.txt"
                shell: "cp {input} {output}"
            """;

    @TempDir private static Path data;
    private static Served server;

    @TempDir private Path folder;
    private Sandbox sandbox;

    @BeforeAll
    static void serve() {
        server = Served.in(data.resolve("data"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void workflow() {
        sandbox = new Sandbox(folder).withSnakefile(COPIES).with("in.txt", "hello\n");
    }

    private Command submit(String... words) {
        var all = new ArrayList<>(List.of("submit"));
        all.addAll(List.of(words));
        return sandbox.command(all.toArray(String[]::new)).with("SLUICE_SERVER", server.url());
    }

    private static Path work(String run) {
        return data.resolve("data/runs").resolve(run).resolve("work");
    }

    @Test
    void whoWaitsGetsTheRunsEndAndItsLinkLast() {
        Ended ended = submit("--wait", "-c", "8", "-k").end().isDone();

        String run = ended.out().strip();
        assertThat(ended.err())
                .contains("Sending 2 files")
                .contains("sluice run --keep-going --cores 2\n")
                // It may be over before its watcher came: then there is only its end to be told.
                .contains("3 of 3 jobs done", "Done.")
                .doesNotContain("broke off")
                .endsWith(server.url() + "/runs/" + run + "\n");
        assertThat(work(run).resolve("out/b.txt")).hasContent("hello\n");
        assertThat(sandbox.has("out")).isFalse();
        assertThat(sandbox.has(".sluice")).isFalse();
    }

    @Test
    void whoDoesNotWaitGetsTheIdAndTheLink() {
        Ended ended = submit("--name", "mine", "--json", "out/a.txt").end().isDone();

        String run = ended.out().replaceAll("(?s).*\"run\":\"([^\"]+)\".*", "$1");
        assertThat(ended.out())
                .startsWith("{\"format\":1,\"run\":\"" + run + "\",\"name\":\"mine\",\"state\":\"")
                .contains("\"url\":\"" + server.url() + "/runs/" + run + "\"");
        server.awaitState(run, "succeeded");
        assertThat(work(run).resolve("out/a.txt")).exists();
        assertThat(work(run).resolve("out/b.txt")).doesNotExist();
    }

    @Test
    void aPlanLeavesNothingThere() {
        Ended here = sandbox.sluice("run", "-n", "--json", "-c", "2").isDone();
        List<String> before = Served.below(data.resolve("data/runs"));
        Ended there = submit("-n", "--json").end().isDone();

        assertThat(there.out()).isEqualTo(here.out());
        assertThat(submit("-n").end().isDone().out()).contains("copy", "total");
        assertThat(Served.below(data.resolve("data/incoming"))).isEmpty();
        assertThat(Served.below(data.resolve("data/runs"))).hasSameSizeAs(before);
    }

    @Test
    void whatGitDoesNotTrackAndSecretsStayHere() throws Exception {
        sandbox.with("note.txt", "x").with(".env", "PASSWORD=x").with("big.bin", "x");
        for (String[] git :
                List.of(
                        new String[] {"git", "init", "-q"},
                        new String[] {"git", "add", "Snakefile", "in.txt", ".env"})) {
            assertThat(new ProcessBuilder(git).directory(folder.toFile()).start().waitFor())
                    .isZero();
        }

        Ended ended = submit("--wait").end().isDone();

        assertThat(ended.err())
                .contains("`.env` is not sent", "--include-secrets", "2 files are not sent")
                .contains("big.bin", "note.txt")
                .contains("Sending 2 files");
        assertThat(work(ended.out().strip()).resolve(".env")).doesNotExist();
        assertThat(work(ended.out().strip()).resolve("note.txt")).doesNotExist();
    }

    @Test
    void aSnakefileGoesAlone() {
        sandbox.with("one.smk", "rule one:\n    output: 'one.txt'\n    shell: 'echo > {output}'\n");

        Ended ended = submit("one.smk", "--wait").end().isDone();

        assertThat(ended.err()).contains("Sending 1 file,");
        assertThat(Files.exists(work(ended.out().strip()).resolve("one.txt"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--frob, there is no option --frob",
        "/nope, there is no workflow `/nope`",
        "../nope, there is no workflow `../nope`",
        "--detach, --detach does not go with `submit`",
        "--server=localhost:8745, --server http://localhost:8745",
        "--server=http://127.0.0.1:1, `sluice serve` starts one",
        "--configfile=/etc/hosts, lies outside the workflow",
        "--update=zzz, there is no run `zzz`",
    })
    void aMistakeIsToldBeforeAnythingIsSent(String word, String expected) {
        Ended ended = submit(word).end().hasCode(2);

        assertThat(ended.err()).contains("error: ", expected);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aFolderWithoutASnakefileIsNotSent() {
        sandbox.delete("Snakefile");

        assertThat(submit().end().hasCode(2).err())
                .contains("there is no Snakefile")
                .doesNotContain("Sending");
    }

    @Test
    void aWorkflowThatIsWrongEndsWithItsDiagnostics() {
        sandbox.withSnakefile("rule all:\n    input: 'nobody-makes-this'\n");

        Ended ended = submit("--wait").end().hasCode(2);

        assertThat(ended.err())
                .contains("nobody-makes-this", "came to nothing")
                .contains("sluice submit --update " + ended.out().strip() + " --server http");
        assertThat(submit("-n").end().hasCode(2).err()).contains("nobody-makes-this");
    }

    @Test
    void aWorkflowWithAWorkdirOfItsOwnIsSeenAsAnyOther() {
        sandbox.withSnakefile(
                """
                workdir: 'deep'
                rule all:
                    output: 'o'
                    shell: 'echo printed below; touch {output}'
                """);

        String run = submit("--wait").end().isDone().out().strip();

        String jobs = server.get("/api/v1/runs/" + run + "/jobs").body();
        String job = jobs.replaceFirst("(?s).*\"job\":\"([^\"]+)\".*", "$1");
        String log = "/api/v1/runs/" + run + "/jobs/" + job + "/attempts/1/log";
        assertThat(server.get(log).body()).isEqualTo("printed below\n");
        assertThat(sandbox.command("status", run, "--server", server.url()).end().isDone().out())
                .contains("1 of 1 jobs done");
        assertThat(sandbox.command("logs", "all", "--server", server.url()).end().isDone().out())
                .contains("printed below");
    }

    @Test
    void aFailureEndsWithItsCodeAndTellsWhatToType() {
        sandbox.delete("in.txt");
        sandbox.with("in.txt", "x").withSnakefile(COPIES.replace("cp {input}", "false #"));

        Ended ended = submit("--wait").end().hasCode(1);

        String run = ended.out().strip();
        assertThat(ended.err())
                .containsAnyOf("Error in rule copy", "copy:s=a: exit code 1")
                .contains("`sluice status " + run + " --server " + server.url() + "`");
    }

    @Test
    void whatIsMendedGoesOn() {
        sandbox.with("in.txt", "bad").withSnakefile(COPIES.replace("cp", "grep good {input}; cp"));
        String run = submit("--wait").end().hasCode(1).out().strip();
        sandbox.with("in.txt", "good");

        Ended update = submit("--update", run).end().isDone();
        assertThat(update.err())
                .contains("of run " + run + " replaced")
                .contains("`sluice resume " + run + " --server " + server.url() + "`");
        sandbox.sluice("resume", run, "--server", server.url()).isDone();
        server.awaitState(run, "succeeded");

        assertThat(submit("--update", run).end().isDone().err()).contains("of run " + run);
    }

    @Test
    void whoInterruptsTheLookingDoesNotStopTheRun() {
        Path go = folder.resolveSibling(folder.getFileName() + "-go");
        sandbox.withSnakefile(
                "rule all:\n    output: 'done'\n    shell: 'until [ -e "
                        + go
                        + " ]; do sleep 0.05; done; touch done'\n");

        Command.Running looking = submit("--wait").start();
        await().atMost(Duration.ofSeconds(30)).until(() -> looking.errSoFar().contains("rule all"));
        looking.signal("INT");
        Ended ended = looking.end().hasCode(130);

        String run = ended.out().strip();
        assertThat(ended.err())
                .contains("The run goes on; `sluice attach " + run + " --server " + server.url());
        sandbox.with("../" + go.getFileName(), "");
        server.awaitState(run, "succeeded");
    }
}
