package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Signals, crashes, and two runs at a time in one folder. */
final class StoppingIT {
    /**
     * {@code slow} tells its process and that of a child, and goes on when there is a file {@code
     * go}.
     */
    private static final String SLOW =
            """
            rule all:
                input: "slow.txt", "quick.txt"
            rule quick:
                output: "quick.txt"
                shell: "echo quick >> ran.txt; touch {output}"
            rule slow:
                input: "quick.txt"
                output: "slow.txt"
                shell:
                    "echo half > {output}; echo slow >> ran.txt; "
                    "sleep 300 & echo $$ $! > pids.new; mv pids.new pids.txt; "
                    "until [ -e go ]; do sleep 0.1; done; kill $!; echo whole > {output}"
            rule other:
                output: "other.txt"
                shell: "touch {output}"
            """;

    @TempDir private Path temp;
    private Sandbox sandbox;

    @BeforeEach
    void withASlowJob() {
        sandbox = new Sandbox(temp).withSnakefile(SLOW);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalStopsTheJobsAndTheNextRunGoesOn(String signal, int code) {
        Command.Running run = startedSlow();
        List<Long> pids = pids();
        run.signal(signal);
        run.end().hasCode(code);
        // What was killed is gone when its parent, or the system, has taken notice.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> pids.stream().noneMatch(StoppingIT::isAlive));
        assertThat(sandbox.has("slow.txt")).as("half an output").isFalse();

        sandbox.with("go", "");
        sandbox.run().isDone();
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
        assertThat(sandbox.lines("ran.txt")).containsExactly("quick", "slow", "slow");
    }

    @Test
    void aRunRightAfterACrashNeverHasTwoWritersOfAnOutput() {
        Command.Running run = startedSlow();
        List<Long> pids = pids();
        run.signal("KILL");
        run.end();
        sandbox.delete("pids.txt");

        Command.Running next = sandbox.command("run", "-c", "2").start();
        // Its job starts when that of the dead run is over, or is that job.
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                sandbox.has("pids.txt")
                                        || next.errSoFar().contains("rule slow")
                                        || !next.process().isAlive());
        boolean startedAgain = sandbox.lines("ran.txt").stream().filter("slow"::equals).count() > 1;
        assertThat(startedAgain && isAlive(pids.getFirst())).isFalse();
        sandbox.with("go", "");
        next.end().isDone();
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
    }

    @Test
    void aSignalWhileTheSnakefileLoadsEndsItsPythonToo() {
        sandbox.withSnakefile(
                """
                import os, time
                open("pid.new", "w").write(str(os.getpid()))
                os.rename("pid.new", "pids.txt")
                time.sleep(300)
                """);
        Command.Running run = startedSlow();
        run.signal("TERM");
        run.end().hasCode(143);
        await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(pids().getFirst()));
    }

    @Test
    void aKilledSluiceLeavesNothingToUnlock() {
        Command.Running run = startedSlow();
        List<Long> pids = pids();
        run.signal("KILL");
        run.end();
        sandbox.with("go", "");
        // Its job may outlive it and end by itself.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> pids.stream().noneMatch(StoppingIT::isAlive));

        sandbox.run().isDone();
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
        assertThat(sandbox.lines("ran.txt")).containsOnlyOnce("quick");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void outputsHeldByAnotherRunAreRefusedAndOthersAreNot() {
        Command.Running first = startedSlow();
        Ended second = sandbox.run().hasCode(3);
        assertThat(second.err()).contains("error:", "slow.txt", "--nolock");
        assertThat(Command.of("snakemake", temp, "-c", "1").end().hasCode(1).err())
                .contains("slow.txt");
        sandbox.run("-n").isDone();
        sandbox.run("other").isDone();
        sandbox.with("go", "");
        first.end().isDone();
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    private Command.Running startedSlow() {
        Command.Running run = sandbox.command("run", "-c", "2").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("pids.txt"));
        return run;
    }

    private List<Long> pids() {
        return List.of(sandbox.read("pids.txt").strip().split(" ")).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
