package dev.sluice.executor.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.run.JobFailure;
import dev.sluice.engine.run.RunSettings;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Whole runs of small workflows: loaded by Python, planned, and run by a supervisor. */
class RunOnThisMachineTest {
    @TempDir Path workdir;
    private WorkflowRun run = new WorkflowRun(Path.of(""));

    @BeforeEach
    void makeRun() {
        run = new WorkflowRun(workdir);
    }

    @Test
    void runsAChainAndLeavesNothingToDo() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "c"
                rule b:
                    output: "b/{x}"
                    shell: "echo {wildcards.x} > {output}; echo said {wildcards.x}"
                rule c:
                    input: "b/1", "b/2"
                    output: "c"
                    shell: "cat {input} > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("1\n2\n", run.read("c"));
        assertEquals(List.of("c", "all"), run.finished.subList(2, 4));
        assertTrue(run.printed.toString().contains("said 2\n"), run.printed.toString());
        assertNull(run.run());
    }

    @Test
    void removesTheOutputOfAFailedJobAndKeepsItsLog() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    log: "a.log"
                    shell: "echo half > {output}; echo why > {log}; echo oh no; exit 3"
                """);
        assertEquals(RunOutcome.FAILED, run.run());
        assertFalse(run.exists("a"));
        assertEquals("why\n", run.read("a.log"));
        JobFailure failure = run.failures.getFirst();
        assertEquals(3, failure.exitCode());
        assertEquals("oh no", failure.logTail());
    }

    @Test
    void failsInAPipelineAsInStrictMode() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    shell: "false | cat > {output}"
                """);
        assertEquals(RunOutcome.FAILED, run.run());
    }

    @Test
    void triesAgainWithAGrowingAttempt() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    retries: 2
                    resources: mem_mb=lambda wildcards, attempt: attempt * 100
                    shell: "test {resources.mem_mb} -eq 300 && echo {resources.mem_mb} > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("300\n", run.read("a"));
        assertEquals(
                List.of(true, true), run.failures.stream().map(JobFailure::willRetry).toList());
    }

    @Test
    void deletesTemporaryFilesOnceNobodyNeedsThem() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "b", "c"
                rule a:
                    output: temp("a")
                    shell: "echo a > {output}"
                rule b:
                    input: "a"
                    output: "b"
                    shell: "cp {input} {output}"
                rule c:
                    input: "a", "b"
                    output: "c"
                    shell: "cat {input} > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("a\na\n", run.read("c"));
        assertFalse(run.exists("a"));
        assertNull(run.run());
    }

    @Test
    void goesOnWithWhatACheckpointFound() throws IOException {
        run.withSnakefile(
                """
                def parts(wildcards):
                    folder = checkpoints.split.get().output[0]
                    return expand("done/{i}", i=sorted(glob_wildcards(folder + "/{i}.txt").i))
                rule all:
                    input: parts
                    output: "all.txt"
                    shell: "cat {input} > {output}"
                checkpoint split:
                    output: directory("parts")
                    shell: "mkdir {output}; for i in 1 2 3; do echo $i > {output}/$i.txt; done"
                rule part:
                    input: "parts/{i}.txt"
                    output: "done/{i}"
                    shell: "cp {input} {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("1\n2\n3\n", run.read("all.txt"));
        assertEquals(5, run.finished.size());
        assertNull(run.run());
    }

    @Test
    void runsBothEndsOfAPipeAtOnce() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "b"
                rule a:
                    output: pipe("p")
                    shell: "for i in 1 2 3; do echo $i; done > {output}"
                rule b:
                    input: "p"
                    output: "b"
                    shell: "cat {input} > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("1\n2\n3\n", run.read("b"));
        assertFalse(run.exists("p"));
    }

    @Test
    void endsAServiceAfterItsLastUser() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "b"
                rule a:
                    output: service("s")
                    shell: "echo here > {output}; sleep 100"
                rule b:
                    input: "s"
                    output: "b"
                    shell: "until test -s {input}; do sleep 0.1; done; cat {input} > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("here\n", run.read("b"));
    }

    @Test
    void worksInAShadowAndMovesOnlyOutputsBack() throws IOException {
        for (String depth : List.of("minimal", "copy-minimal", "shallow", "full")) {
            Files.writeString(workdir.resolve("in"), "in\n");
            run.withSnakefile(
                    """
                    rule a:
                        input: "in"
                        output: "%1$s/a"
                        log: "%1$s.log"
                        shadow: "%1$s"
                        shell: "cat {input} > {output}; touch junk; echo $PWD > {log}"
                    """
                            .formatted(depth));
            assertEquals(RunOutcome.SUCCEEDED, run.run(depth + "/a"), depth);
            assertEquals("in\n", run.read(depth + "/a"));
            assertTrue(run.read(depth + ".log").contains(".snakemake/shadow/tmp"), depth);
            assertFalse(run.exists("junk"), depth);
        }
        try (var left = Files.list(workdir.resolve(".snakemake/shadow"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void runsRunBlocksInForksOfTheLoadedSnakefile() throws IOException {
        run.withSnakefile(
                """
                NUMBER = 40
                rule all:
                    input: "1", "2"
                rule a:
                    output: "{x,[12]}"
                    threads: 2
                    run:
                        print("running", wildcards.x)
                        with open(output[0], "w") as out:
                            out.write(str(NUMBER + int(wildcards.x) + threads))
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("43", run.read("1"));
        assertEquals("44", run.read("2"));
        assertTrue(run.printed.toString().contains("running 2\n"));
    }

    @Test
    void failsWhenARunBlockRaises() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    run:
                        raise ValueError("no such luck")
                """);
        assertEquals(RunOutcome.FAILED, run.run());
        assertTrue(run.failures.getFirst().logTail().contains("no such luck"));
    }

    @Test
    void runsScriptsWithTheSnakemakeObject() throws IOException {
        Files.writeString(
                workdir.resolve("s.py"),
                "open(snakemake.output[0], 'w').write(snakemake.params.word +"
                        + " str(snakemake.threads))");
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    params: word="hey"
                    script: "s.py"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("hey1", run.read("a"));
    }

    @Test
    void looksAfterTouchDirectoryProtectedAndBenchmark() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "t", "d", "p"
                rule t:
                    output: touch("t")
                    benchmark: repeat("bench.tsv", 2)
                    shell: "echo x >> count"
                rule d:
                    output: directory("d")
                    shell: "mkdir {output}; touch {output}/file"
                rule p:
                    output: protected("p")
                    shell: "echo p > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("x\nx\n", run.read("count"));
        List<String> bench = run.read("bench.tsv").lines().toList();
        assertEquals(3, bench.size());
        assertTrue(bench.getFirst().startsWith("s\th:m:s\tmax_rss"));
        assertTrue(run.exists("d/.snakemake_timestamp"));
        assertFalse(
                Files.getPosixFilePermissions(workdir.resolve("p"))
                        .contains(java.nio.file.attribute.PosixFilePermission.OWNER_WRITE));
        assertNull(run.run());
    }

    @Test
    void failsWhenAnOutputIsMissingOrNotAsEnsured() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    shell: "true"
                rule b:
                    output: ensure("b", non_empty=True)
                    shell: "touch {output}"
                """);
        assertEquals(RunOutcome.FAILED, run.run("a"));
        assertTrue(run.failures.getFirst().why().contains("did not make its output a"));
        assertEquals(RunOutcome.FAILED, run.run("b"));
        assertTrue(run.failures.getLast().why().contains("empty"));
        assertFalse(run.exists("b"));
    }

    @Test
    void waitsForOutputsThatComeLate() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    shell: "(sleep 0.5; echo late > {output}) > /dev/null 2>&1 &"
                """);
        RunSettings settings =
                new RunSettings(
                        WorkflowRun.settings(1, workdir).scheduler(),
                        0,
                        Duration.ofSeconds(20),
                        false,
                        false,
                        null,
                        false,
                        true,
                        workdir.resolve("log"));
        assertEquals(RunOutcome.SUCCEEDED, run.run(settings, UnaryOperator.identity()));
    }

    @Test
    void callsTheHooks() throws IOException {
        run.withSnakefile(
                """
                onstart:
                    open("started", "w").close()
                onsuccess:
                    open("good", "w").close()
                onerror:
                    open("bad", "w").close()
                rule a:
                    output: "a"
                    shell: "test -e started && touch {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertTrue(run.exists("good") && !run.exists("bad"));
    }

    @Test
    void aStoppedRunLeavesAStateThatTheNextUnderstands() throws IOException {
        run.withSnakefile(
                """
                rule a:
                    output: "a"
                    shell: "echo half > {output}; if ! test -e go; then sleep 100; fi"
                """);
        run.whenStarted(loop -> loop.stop(true));
        assertEquals(RunOutcome.STOPPED, run.run());
        assertFalse(run.exists("a"));
        Files.createFile(workdir.resolve("go"));
        run.whenStarted(loop -> {});
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("half\n", run.read("a"));
    }

    @Test
    void updatesInPlaceAndRestoresAfterAFailure() throws IOException {
        UnaryOperator<PlanRequest> forced =
                request -> request.withForcing(new PlanRequest.Forcing(true, false, List.of()));
        Files.writeString(workdir.resolve("a"), "old\n");
        run.withSnakefile(
                """
                rule a:
                    input: "in"
                    output: update("a")
                    shell: "echo new >> {output}; test -s in"
                """);
        Files.createFile(workdir.resolve("in"));
        assertEquals(RunOutcome.FAILED, run.run(WorkflowRun.settings(1, workdir), forced));
        assertEquals("old\n", run.read("a"));
        Files.writeString(workdir.resolve("in"), "x");
        assertEquals(RunOutcome.SUCCEEDED, run.run(WorkflowRun.settings(1, workdir), forced));
        assertEquals("old\nnew\n", run.read("a"));
    }

    @Test
    void runsAGroupAsOneTaskLevelByLevel() throws IOException {
        run.withSnakefile(
                """
                rule b:
                    input: "a"
                    output: "b"
                    group: "g"
                    shell: "cp {input} {output}"
                rule a:
                    output: "a"
                    group: "g"
                    shell: "sleep 0.2; echo a > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("a\n", run.read("b"));
        assertEquals(2, run.finished.size());
    }

    @Test
    void runsCommandsTooLongForOneArgument() throws IOException {
        run.withSnakefile(
                """
                TEXT = "x" * 200000
                rule a:
                    output: "a"
                    shell: "printf %s {TEXT} | wc -c > {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("200000", run.read("a").strip());
    }

    @Test
    void removesWhatLoadingTheSnakefileMadeBeforeARunBlock() throws IOException {
        run.withSnakefile(
                """
                import os
                if not os.path.lexists("a"):
                    os.symlink("nowhere", "a")
                open("b", "w").close()
                rule a:
                    output: "a", "b"
                    run:
                        assert not os.path.lexists(output[0]) and not os.path.exists(output[1])
                        for f in output:
                            open(f, "w").close()
                """);
        UnaryOperator<PlanRequest> forced =
                request -> request.withForcing(new PlanRequest.Forcing(true, false, List.of()));
        assertEquals(RunOutcome.SUCCEEDED, run.run(WorkflowRun.settings(1, workdir), forced));
        assertTrue(run.exists("a"));
    }

    @Test
    void handsLiveObjectsInListsAndDictsToRunBlocks() throws IOException {
        run.withSnakefile(
                """
                from fractions import Fraction
                rule a:
                    output: "a"
                    params: x=[1, {"k": Fraction(1, 3)}]
                    run:
                        open(output[0], "w").write(str(params.x[1]["k"] * 3))
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("1", run.read("a"));
    }

    @Test
    void makesTheRestAgainAfterAnIntermediateFailedWithOtherParams() throws IOException {
        String snakefile =
                """
                rule b:
                    input: "a"
                    output: "b"
                    shell: "cp {input} {output}"
                rule a:
                    output: "a"
                    params: "%s"
                    shell: "test {params} != bad && echo {params} > {output}"
                """;
        run.withSnakefile(snakefile.formatted("good"));
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        run.withSnakefile(snakefile.formatted("bad"));
        assertEquals(RunOutcome.FAILED, run.run());
        assertEquals(RunOutcome.FAILED, run.run(), "the failure is not forgotten");
        run.withSnakefile(snakefile.formatted("better"));
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("better\n", run.read("b"));
    }

    @Test
    void remembersNothingWhenToldSo() throws IOException {
        String snakefile =
                """
                rule a:
                    output: "a"
                    params: %d
                    shell: "echo {params} > {output}"
                """;
        run.withSnakefile(snakefile.formatted(1));
        RunSettings settings = WorkflowRun.settings(1, workdir).withProvenanceKept(false);
        assertEquals(RunOutcome.SUCCEEDED, run.run(settings, UnaryOperator.identity()));
        run.withSnakefile(snakefile.formatted(2));
        assertNull(run.run());
    }

    @Test
    void aUserOfAServiceWaitsForTheFileThatTheServiceMakes() throws IOException {
        run.withSnakefile(
                """
                rule all:
                    input: "b"
                rule a:
                    output: service("a socket")
                    shell: "sleep 0.3; echo here > '{output}'; sleep 100"
                rule b:
                    input: "a socket"
                    output: "b"
                    shell: "cp '{input}' {output}"
                """);
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertEquals("here\n", run.read("b"));
    }
}
