package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is left when processes are killed in the middle of many jobs, and what a plain run makes of
 * it.
 */
final class CrashIT {
    private static final int JOBS = 200;
    private static final String WHOLE = "half\nwhole\n";

    @TempDir private Path temp;

    /** What is killed. */
    enum Victim {
        ENGINE,
        SUPERVISOR,
        BOTH
    }

    @ParameterizedTest
    @EnumSource
    void aSecondRunMakesTheRestAndNothingTwice(Victim victim) throws IOException {
        Sandbox sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                rule all:
                                    input: expand("out/{i}", i=range(%d))
                                rule mark:
                                    output: "out/{i}"
                                    shell:
                                        "echo {wildcards.i} >> ran.txt; echo half > {output}; "
                                        "sleep 0.05; echo whole >> {output}"
                                """
                                        .formatted(JOBS));
        Command.Running run = sandbox.command("run", "-c", "2", "-q").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.lines("ran.txt").size() >= 50);
        if (victim != Victim.ENGINE) {
            supervisor().destroyForcibly();
        }
        if (victim != Victim.SUPERVISOR) {
            run.signal("KILL");
        }
        run.end();
        List<String> before = sandbox.lines("ran.txt");

        sandbox.run("-q").isDone();

        for (int i = 0; i < JOBS; i++) {
            assertThat(sandbox.read("out/" + i)).as("out/%d", i).isEqualTo(WHOLE);
        }
        List<String> after = sandbox.lines("ran.txt");
        Set<String> seen = new HashSet<>();
        List<String> twice = after.stream().filter(name -> !seen.add(name)).toList();
        assertThat(seen).hasSize(JOBS);
        // Two were under way, and the ends of two more may not have been written down yet.
        assertThat(twice).hasSizeLessThanOrEqualTo(4);
        assertThat(before.subList(Math.max(0, before.size() - 4), before.size()))
                .containsAll(twice);
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    private ProcessHandle supervisor() throws IOException {
        try (Stream<Path> runs = Files.list(temp.resolve(".sluice/runs"))) {
            Path run = runs.findFirst().orElseThrow();
            String pid = Files.readString(run.resolve("supervisor.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        }
    }
}
