package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Signals: what they end, what they leave, and how it goes on. */
final class StoppingIT {
    @TempDir private Path temp;
    private Sandbox sandbox;
    private SlowWorkflow workflow;

    @BeforeEach
    void withASlowJob() {
        sandbox = new Sandbox(temp);
        workflow = new SlowWorkflow(sandbox);
    }

    @Test
    void anInterruptWaitsForWhatRunsAndStartsNothingMore() {
        Command.Running run = workflow.started();
        run.signal("INT");
        await().atMost(Duration.ofSeconds(30)).until(() -> run.errSoFar().contains("waiting for"));
        assertThat(workflow.slowJobRuns()).isTrue();
        workflow.go();
        run.end().hasCode(130);
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow");

        sandbox.sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    @Test
    void aSecondInterruptStopsWhatRuns() {
        Command.Running run = workflow.started();
        List<Long> pids = workflow.pids();
        run.signal("INT");
        await().atMost(Duration.ofSeconds(30)).until(() -> run.errSoFar().contains("waiting for"));
        run.signal("INT");
        run.end().hasCode(130);
        thenItWasStoppedAndGoesOn(pids);
    }

    @Test
    void aRequestToEndStopsWhatRuns() {
        Command.Running run = workflow.started();
        List<Long> pids = workflow.pids();
        run.signal("TERM");
        run.end().hasCode(143);
        thenItWasStoppedAndGoesOn(pids);
    }

    private void thenItWasStoppedAndGoesOn(List<Long> pids) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> pids.stream().noneMatch(SlowWorkflow::isAlive));
        assertThat(sandbox.has("slow.txt")).as("half an output").isFalse();
        workflow.go();
        sandbox.run().isDone();
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "slow", "last");
    }

    @Test
    void anInterruptMayLeaveWhatRunsToTheNextEngine() {
        Command.Running run = workflow.started("--detach-on-interrupt");
        run.signal("INT");
        assertThat(run.end().hasCode(130).err()).contains("sluice resume");
        thenItGoesOnUnderTheNextEngine();
    }

    @Test
    void aTerminalThatIsGoneLeavesWhatRunsToTheNextEngine() {
        Command.Running run = workflow.started();
        run.signal("HUP");
        run.end().hasCode(129);
        thenItGoesOnUnderTheNextEngine();
    }

    private void thenItGoesOnUnderTheNextEngine() {
        assertThat(workflow.slowJobRuns()).isTrue();
        workflow.go();
        sandbox.sluice("resume").isDone();
        assertThat(sandbox.read("last.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
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
        Command.Running run = workflow.started();
        run.signal("TERM");
        run.end().hasCode(143);
        await().atMost(Duration.ofSeconds(10)).until(() -> !workflow.slowJobRuns());
    }

    @Test
    void whatIsOverWhenNobodyLookedIsNotMadeAgain() {
        workflow.brokenOff().go().awaitNothingRuns();
        assertThat(workflow.ran()).containsExactly("quick", "slow");
        sandbox.run().isDone();
        assertThat(sandbox.read("last.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }
}
