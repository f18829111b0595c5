package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** What happens to jobs and their files while a workflow runs. */
final class RunningIT {
    /** Two jobs fail or not on their own; a third needs one of them. */
    private static final String ONE_FAILS =
            """
            rule all:
                input: "after.txt", "good.txt"
            rule bad:
                output: "bad.txt"
                log: "bad.log"
                shell: "echo started > {output}; echo what went wrong > {log}; echo shown; exit 3"
            rule after:
                input: "bad.txt"
                output: "after.txt"
                shell: "touch {output}"
            rule good:
                output: "good.txt"
                shell: "touch {output}"
            """;

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void inAnEmptyFolder() {
        sandbox = new Sandbox(temp);
    }

    @Test
    void aFailedJobLosesItsOutputAndKeepsItsLog() {
        sandbox.withSnakefile(ONE_FAILS);
        Ended ended = sandbox.run("bad", "-p").hasCode(1);
        assertThat(sandbox.has("bad.txt")).isFalse();
        assertThat(sandbox.read("bad.log")).isEqualTo("what went wrong\n");
        assertThat(ended.err())
                .contains("Error in rule bad", "exit code: 3", "bad.log", "exit 3", "shown");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void keepIncompleteKeepsTheOutputAndTheNextRunMakesItAgain() {
        sandbox.withSnakefile(ONE_FAILS);
        sandbox.run("bad", "--keep-incomplete").hasCode(1);
        assertThat(sandbox.has("bad.txt")).isTrue();
        sandbox.run("bad").hasCode(1);
    }

    @Test
    void showFailedLogsShowsTheLog() {
        sandbox.withSnakefile(ONE_FAILS);
        assertThat(sandbox.run("bad", "--show-failed-logs").hasCode(1).err())
                .contains("what went wrong");
    }

    @Test
    void keepGoingMakesWhatDoesNotNeedTheFailedJob() {
        sandbox.withSnakefile(ONE_FAILS);
        sandbox.run("-k").hasCode(1);
        assertThat(sandbox.has("good.txt")).isTrue();
        assertThat(sandbox.has("after.txt")).isFalse();
    }

    @Test
    void retriesCountTheAttempt() {
        sandbox.withSnakefile(
                """
                rule once_more:
                    output: "out.txt"
                    resources: tries=lambda wildcards, attempt: attempt * 10
                    shell: "echo {resources.tries} >> tries.txt; [ {resources.tries} = 30 ] && touch {output}"
                """);
        sandbox.run("--retries", "1").hasCode(1);
        assertThat(sandbox.lines("tries.txt")).containsExactly("10", "20");
        sandbox.run("--retries", "5").isDone();
        assertThat(sandbox.lines("tries.txt")).containsExactly("10", "20", "10", "20", "30");
    }

    @Test
    void temporaryOutputsGoWhenTheirLastUserIsDone() {
        sandbox.withSnakefile(
                """
                rule all:
                    input: "c.txt"
                rule a:
                    output: temp("a.txt"), temp(directory("a.dir"))
                    shell: "echo 1 > {output[0]}; mkdir {output[1]}; touch {output[1]}/x"
                rule b:
                    input: "a.txt"
                    output: "b.txt"
                    shell: "cp {input} {output}"
                rule c:
                    input: "a.txt", "b.txt"
                    output: "c.txt"
                    shell: "cat {input} > {output}"
                """);
        sandbox.run().isDone();
        assertThat(sandbox.has("a.txt")).isFalse();
        assertThat(sandbox.has("a.dir")).isFalse();
        assertThat(sandbox.read("c.txt")).isEqualTo("1\n1\n");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");

        sandbox.run("-F", "--notemp").isDone();
        assertThat(sandbox.has("a.txt")).isTrue();
        sandbox.sluice("run", "--delete-temp-output", "-c", "1").isDone();
        assertThat(sandbox.has("a.txt")).isFalse();
        assertThat(sandbox.has("c.txt")).isTrue();
    }

    @Test
    void protectedOutputsAreReadOnlyAndNotMadeAgain() {
        sandbox.withSnakefile(
                """
                rule dear:
                    output: protected("dear.txt")
                    shell: "echo dear > {output}"
                """);
        sandbox.run().isDone();
        assertThat(sandbox.folder().resolve("dear.txt"))
                .satisfies(
                        file ->
                                assertThat(Files.getPosixFilePermissions(file).toString())
                                        .doesNotContain("WRITE"));
        // Root may write anywhere, and so may its Snakemake.
        if (!"root".equals(System.getProperty("user.name"))) {
            assertThat(sandbox.run("-F").hasCode(2).err()).contains("dear.txt");
        }
    }

    @Test
    void jobsGetNothingOnStandardInput() {
        sandbox.withSnakefile(
                """
                rule reads:
                    output: "out.txt"
                    shell: "cat > {output}; echo over >> {output}"
                """);
        sandbox.run().isDone();
        assertThat(sandbox.read("out.txt")).isEqualTo("over\n");
    }

    @Test
    void whatJobsPrintComesToTheTerminal() {
        sandbox.withSnakefile(
                """
                rule talks:
                    output: touch("out.txt")
                    shell: "echo to stdout; echo to stderr >&2; printf 'no line end'"
                """);
        Ended ended = sandbox.run().isDone();
        assertThat(ended.err()).contains("to stdout\n", "to stderr\n", "no line end\n");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void bashIsStrict() {
        sandbox.withSnakefile(
                """
                rule pipe_fails:
                    output: "a.txt"
                    shell: "false | cat > {output}"
                rule unset_variable:
                    output: "b.txt"
                    shell: "echo $NOT_SET_ANYWHERE > {output}"
                """);
        sandbox.run("a.txt").hasCode(1);
        sandbox.run("b.txt").hasCode(1);
    }

    @Test
    void aJobThatDoesNotMakeItsOutputFails() {
        sandbox.withSnakefile(
                """
                rule forgetful:
                    output: "out.txt"
                    shell: "true"
                """);
        assertThat(sandbox.run("--latency-wait", "0").hasCode(1).err())
                .contains("Error in rule forgetful", "it did not make its output out.txt");
    }

    @Test
    void runBlocksUseTheFunctionsAndImportsOfTheSnakefile() {
        sandbox.withSnakefile(
                """
                import json
                from os.path import basename

                SCALE = 3
                def scaled(x):
                    return SCALE * x

                rule all:
                    input: "five.json"
                rule number:
                    output: "{name}.json"
                    params: value=5
                    run:
                        with open(output[0], "w") as f:
                            json.dump([wildcards.name, scaled(params.value), basename("a/b")], f)
                        shell("echo by {wildcards.name} > {wildcards.name}.log")
                """);
        sandbox.run().isDone();
        assertThat(sandbox.read("five.json")).isEqualTo("[\"five\", 15, \"b\"]");
        assertThat(sandbox.read("five.log")).isEqualTo("by five\n");
    }

    @Test
    void anErrorInARunBlockNamesItsLine() {
        sandbox.withSnakefile(
                """
                rule wrong:
                    output: "out.txt"
                    run:
                        x = 1
                        raise ValueError("so not")
                """);
        Command.Running running = sandbox.command("run", "-c", "1").start();
        assertThat(running.end().err()).contains("ValueError", "so not", "Snakefile", "line 5");
    }

    @Test
    void theEnvironmentThatTheSnakefileSetsReachesItsJobs() {
        sandbox.withSnakefile(
                """
                import os
                os.environ["FROM_SNAKEFILE"] = "value é"
                rule asks:
                    output: "a.txt"
                    shell: "echo $FROM_SNAKEFILE $FROM_USER > {output}"
                rule asks_python:
                    output: "b.txt"
                    run:
                        open(output[0], "w").write(os.environ["FROM_SNAKEFILE"])
                """);
        sandbox.command("run", "-c", "1", "a.txt", "b.txt")
                .with("FROM_USER", "mine")
                .end()
                .isDone();
        assertThat(sandbox.read("a.txt")).isEqualTo("value é mine\n");
        assertThat(sandbox.read("b.txt")).isEqualTo("value é");
    }

    @Test
    void namesMayHoldSpacesAndAnyLetters() {
        sandbox.with("in/Größe ñ.txt", "1\n").with("in/two words.txt", "2\n");
        sandbox.withSnakefile(
                """
                NAMES = glob_wildcards("in/{name}.txt").name
                rule all:
                    input: expand("out dir/{name}.out", name=NAMES)
                rule copy:
                    input: "in/{name}.txt"
                    output: "out dir/{name}.out"
                    shell: "cp {input:q} {output:q}"
                """);
        sandbox.run().isDone();
        assertThat(sandbox.read("out dir/Größe ñ.out")).isEqualTo("1\n");
        assertThat(sandbox.read("out dir/two words.out")).isEqualTo("2\n");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void anyLettersWorkInAPlainLocaleToo() {
        sandbox.with("in/Größe.txt", "1\n");
        sandbox.withSnakefile(
                """
                rule all:
                    input: "Größe.out"
                rule copy:
                    input: "in/{name}.txt"
                    output: "{name}.out"
                    shell: "cp {input} {output}"
                """);
        sandbox.command("run", "-c", "1").with("LC_ALL", "C").with("LANG", "C").end().isDone();
        assertThat(sandbox.read("Größe.out")).isEqualTo("1\n");
    }

    @Test
    void noMoreJobsRunTogetherThanANamedResourceAllows() {
        sandbox.withSnakefile(together("licences=1"));
        sandbox.sluice("run", "-c", "4", "--resources", "licences=2").isDone();
        assertThat(mostTogether()).isEqualTo(2);
    }

    @Test
    void noMoreJobsRunTogetherThanThereAreCores() {
        sandbox.withSnakefile(together("licences=1"));
        sandbox.sluice("run", "-c", "3").isDone();
        assertThat(mostTogether()).isEqualTo(3);
    }

    /**
     * Six jobs. Each makes a marker, waits (not for long) until as many run as may, counts the
     * markers, and goes only when all of its time are counted.
     */
    private static String together(String resource) {
        return """
        rule all:
            input: expand("{i}.out", i=range(6))
        rule job:
            output: "{i}.out"
            resources: %s
            shell:
                "mkdir -p now; touch now/{wildcards.i}; sleep 0.7; "
                "ls now | wc -l > {output}; sleep 0.4; rm now/{wildcards.i}"
        """
                .formatted(resource);
    }

    private int mostTogether() {
        int most = 0;
        for (int i = 0; i < 6; i++) {
            most = Math.max(most, Integer.parseInt(sandbox.read(i + ".out").strip()));
        }
        return most;
    }

    @Test
    void hooksTellHowItEnded() {
        sandbox.withSnakefile(
                """
                onstart:
                    shell("echo start >> hooks.txt")
                onsuccess:
                    shell("echo success >> hooks.txt")
                onerror:
                    shell("echo error >> hooks.txt")
                rule good:
                    output: "good.txt"
                    shell: "touch {output}"
                rule bad:
                    output: "bad.txt"
                    shell: "false"
                """);
        sandbox.run("good").isDone();
        sandbox.run("bad").hasCode(1);
        assertThat(sandbox.lines("hooks.txt"))
                .containsExactly("start", "success", "start", "error");
    }
}
