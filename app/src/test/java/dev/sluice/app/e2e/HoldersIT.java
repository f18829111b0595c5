package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** Two runs that want the same outputs. */
final class HoldersIT {
    @TempDir private Path temp;
    private Sandbox sandbox;
    private SlowWorkflow workflow;

    @BeforeEach
    void withASlowJob() {
        sandbox = new Sandbox(temp);
        workflow = new SlowWorkflow(sandbox);
    }

    @Test
    void outputsHeldByAnotherRunAreRefusedAndOthersAreNot() {
        Command.Running first = workflow.started();
        Ended second = sandbox.run().hasCode(3);
        assertThat(second.err()).contains("error:", "last.txt", "--nolock");
        assertThat(second.err()).contains(String.valueOf(first.process().pid()));
        assertThat(Command.of("snakemake", temp, "-c", "1").end().hasCode(1).err())
                .contains("last.txt");
        assertThat(sandbox.sluice("resume").hasCode(3).err()).contains("error:");
        sandbox.run("-n").isDone();
        sandbox.run("other").isDone();
        workflow.go();
        first.end().isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "other", "last");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void whenTheFirstIsDeadAPlainRunTakesOverAndAdopts() {
        workflow.brokenOff();
        Command.Running second = sandbox.command("run", "-c", "2").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> second.errSoFar().contains("which was broken off"));
        assertThat(workflow.slowJobRuns()).isTrue();
        workflow.go();
        second.end().isDone();
        assertThat(sandbox.read("last.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
        assertThat(RunJournal.of(sandbox).adopted()).hasSize(1);
    }

    @Test
    void aRunForOtherOutputsLeavesABrokenOffRunAlone() {
        workflow.brokenOff();
        sandbox.run("other").isDone();
        assertThat(workflow.slowJobRuns()).isTrue();
        workflow.go();
        sandbox.sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "other", "last");
    }

    @Test
    void ofTwoThatTakeOverAtOnceOneDoes() {
        workflow.brokenOff();
        Command.Running one = sandbox.command("resume").start();
        Command.Running other = sandbox.command("resume").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !one.process().isAlive() || !other.process().isAlive());
        workflow.go();
        Ended first = one.end();
        Ended second = other.end();
        assertThat(first.code() + second.code()).as("%s %s", first, second).isEqualTo(3);
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    @Test
    void fromAnotherMachineARunIsTakenOverWhenNothingOfItRuns() {
        Command.Running first = workflow.started(on("here", "run", "-c", "2"));
        assertThat(on("there", "run", "-c", "2").end().hasCode(3).err()).contains("on here");
        first.signal("KILL");
        first.end();
        // Its engine is silent, but its supervisor is not.
        assertThat(on("there", "resume").end().hasCode(3).err())
                .contains("still run on here", "there");
        assertThat(workflow.slowJobRuns()).isTrue();

        workflow.go();
        var processes = new RunProcesses(sandbox);
        await().atMost(Duration.ofSeconds(60)).until(() -> processes.supervisors().isEmpty());
        on("there", "resume").end().isDone();
        assertThat(sandbox.read("last.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
        assertThat(RunJournal.of(sandbox).adopted()).hasSize(1);
    }

    /** An engine on a machine of that name, whose hold is silent for a short time only. */
    private Command on(String host, String... words) {
        return sandbox.command(words)
                .onHost(host, "-Dsluice.hold.renewal=PT0.5S", "-Dsluice.hold.silence=PT3S");
    }
}
