package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** The engine's Python is killed in the middle of a run that asks it about jobs as they come. */
final class HelperKilledIT {
    private static final int JOBS = 30;

    @TempDir private Path temp;

    @Test
    void theRunEndsWithAWordAndResumeGoesOn() {
        Sandbox sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                import os
                                rule all:
                                    input: expand("out/{i}", i=range(%d))
                                rule first:
                                    output: "first/{i}"
                                    shell: "sleep 0.1; echo {wildcards.i} > {output}"
                                rule one:
                                    priority: 1
                                    input: "first/{i}"
                                    output: "out/{i}"
                                    params: size=lambda wildcards, input: os.path.getsize(input[0])
                                    shell:
                                        "echo {wildcards.i} >> ran.txt; sleep 0.1; "
                                        "echo {params.size} > {output}"
                                """
                                        .formatted(JOBS));
        Command.Running run = sandbox.command("run", "-c", "2").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.lines("ran.txt").size() >= 5);
        RunProcesses.helperOf(run.process()).destroyForcibly();
        Ended ended = run.end().hasCode(1);
        assertThat(ended.err()).contains("the Python process that runs the Snakefile is gone");
        assertThat(sandbox.lines("ran.txt")).hasSizeLessThan(JOBS);

        sandbox.sluice("resume").isDone();
        for (int i = 0; i < JOBS; i++) {
            assertThat(sandbox.read("out/" + i)).isEqualTo(i < 10 ? "2\n" : "3\n");
        }
        assertThat(sandbox.lines("ran.txt")).hasSize(JOBS).doesNotHaveDuplicates();
    }
}
