package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Options that say which jobs run, with what configuration, and what is printed. */
final class ChoosingIT {
    /** Each job adds its name to {@code ran.txt}. */
    private static final String CHAIN =
            """
            rule all:
                input: "c.txt"
            rule a:
                output: "a.txt"
                shell: "echo a >> ran.txt; touch {output}"
            rule b:
                input: "a.txt"
                output: "b.txt"
                shell: "echo b >> ran.txt; touch {output}"
            rule c:
                input: "b.txt"
                output: "c.txt"
                shell: "echo c >> ran.txt; touch {output}"
            """;

    private static final String CONFIGURED =
            """
            configfile: "first.yaml"
            rule all:
                output: "out.txt"
                shell: "echo {config[one]} {config[two]} {config[three]} > {output}"
            """;

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void withAChainOfThree() {
        sandbox = new Sandbox(temp).withSnakefile(CHAIN);
    }

    @Test
    void untilStopsThere() {
        sandbox.run("--until", "b").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b");
    }

    @Test
    void omitFromLeavesOutARuleAndWhatNeedsIt() {
        sandbox.run("--omit-from", "b").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a");
    }

    @Test
    void forceMakesTheTargetAlone() {
        sandbox.run().isDone();
        sandbox.run("-f", "b.txt").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b", "c", "b");
    }

    @Test
    void forceAllMakesEverything() {
        sandbox.run().isDone();
        sandbox.run("-F").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void forceRunMakesARuleAndWhatNeedsIt() {
        sandbox.run().isDone();
        sandbox.run("-R", "b").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b", "c", "b", "c");
    }

    @Test
    void aTargetIsAFileOrARule() {
        sandbox.run("a.txt").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a");
        sandbox.run("b").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b");
    }

    @Test
    void touchMakesOutputsCurrentWithoutRunning() {
        sandbox.run().isDone();
        sandbox.withSnakefile(CHAIN.replace("echo b", "echo bb"));
        assertThat(sandbox.run("-n").isDone().out()).contains("Code has changed");
        sandbox.run("--touch").isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b", "c");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void changedCodeRunsAgainUnlessOnlyTimesCount() {
        sandbox.run().isDone();
        sandbox.withSnakefile(CHAIN.replace("echo c", "echo cc"));
        assertThat(sandbox.run("--rerun-triggers", "mtime").isDone().err())
                .contains("Nothing to be done");
        sandbox.run().isDone();
        assertThat(sandbox.lines("ran.txt")).containsExactly("a", "b", "c", "cc");
    }

    @Test
    void aMissingFileInTheMiddleIsMadeOnlyWhenItIsNeeded() {
        sandbox.run().isDone();
        sandbox.delete("a.txt");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
        sandbox.run("a.txt").isDone();
        assertThat(sandbox.lines("ran.txt")).startsWith("a", "b", "c", "a");
    }

    @Test
    void wordsOfTheCommandLineBeatFilesOfTheCommandLineBeatTheSnakefile() {
        sandbox.withSnakefile(CONFIGURED)
                .with("first.yaml", "one: first\ntwo: first\nthree: first\n")
                .with("second.yaml", "two: second\nthree: second\n");
        sandbox.run("--configfile", "second.yaml", "--config", "three=word").isDone();
        assertThat(sandbox.read("out.txt")).isEqualTo("first second word\n");
    }

    @Test
    void aProfileGivesOptionsAndTheCommandLineBeatsIt() {
        sandbox.withSnakefile(
                        """
                        rule a:
                            output: "{x}.out"
                            threads: 4
                            resources: mem_mb=500
                            shell: "echo {threads} {resources.mem_mb} > {output}"
                        """)
                .with("mine/config.yaml", "cores: 8\nset-threads:\n  a: 3\n");
        sandbox.sluice("run", "--profile", "mine", "1.out").isDone();
        assertThat(sandbox.read("1.out")).isEqualTo("3 500\n");
        sandbox.sluice(
                        "run",
                        "--profile",
                        "mine",
                        "2.out",
                        "--set-threads",
                        "a=2",
                        "--set-resources",
                        "a:mem_mb=7")
                .isDone();
        assertThat(sandbox.read("2.out")).isEqualTo("2 7\n");
    }

    @Test
    void aRuleGetsNoMoreThreadsThanThereAreCores() {
        sandbox.withSnakefile(
                """
                rule a:
                    output: "out"
                    threads: 64
                    shell: "echo {threads} > {output}"
                """);
        sandbox.sluice("run", "-c", "3").isDone();
        assertThat(sandbox.read("out")).isEqualTo("3\n");
    }

    @Test
    void quietLeavesOutWhatIsNamed() {
        assertThat(sandbox.run("-q", "all").isDone().err()).isEmpty();
        assertThat(sandbox.run("-F", "-q", "rules").isDone().err())
                .doesNotContain("rule a:")
                .contains("100%");
        assertThat(sandbox.run("-F", "-q", "progress").isDone().err())
                .contains("rule a:")
                .doesNotContain("100%");
        assertThat(sandbox.run("-F", "-q").isDone().err())
                .doesNotContain("rule a:")
                .doesNotContain("100%");
        assertThat(sandbox.run("-n", "-F", "-q", "all").isDone().out()).isEmpty();
    }

    @Test
    void theDryRunGoesToStandardOutputAndTheRunToStandardError() {
        Ended plan = sandbox.run("-n", "-p").isDone();
        assertThat(plan.out())
                .contains("rule a:", "echo a >> ran.txt", "total")
                .doesNotContain("\033");
        assertThat(plan.err()).isEmpty();
        Ended run = sandbox.run().isDone();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("rule a:", "3 of 4 steps", "total")
                .doesNotContain("\033", "\r");
    }

    @Test
    void whatASnakefilePrintsDoesNotMeetTheJson() {
        sandbox.withSnakefile(
                "import subprocess\nprint('printed')\nsubprocess.run(['echo', 'echoed'])\n"
                        + CHAIN);
        Ended ended = sandbox.run("-n", "--json").isDone();
        assertThat(ended.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{"));
        assertThat(ended.out()).doesNotContain("printed", "echoed");
        assertThat(ended.err()).contains("printed", "echoed");
    }

    @Test
    void rulesAndGraphsArePrinted() {
        assertThat(sandbox.run("--list").isDone().out()).contains("a\n", "b\n");
        assertThat(sandbox.run("--dag").isDone().out()).startsWith("digraph").endsWith("}\n");
        assertThat(sandbox.run("--rulegraph").isDone().out()).startsWith("digraph");
        assertThat(sandbox.run("--filegraph").isDone().out()).startsWith("digraph");
        assertThat(sandbox.run("--summary").isDone().out()).contains("output_file", "a.txt");
        assertThat(sandbox.has("a.txt")).isFalse();
    }

    @Test
    void allOutputsCanBeDeleted() {
        sandbox.run().isDone();
        sandbox.run("--delete-all-output", "-n").isDone();
        assertThat(sandbox.has("c.txt")).isTrue();
        sandbox.run("--delete-all-output").isDone();
        assertThat(sandbox.has("a.txt") || sandbox.has("b.txt") || sandbox.has("c.txt")).isFalse();
        assertThat(sandbox.has("ran.txt")).isTrue();
    }
}
