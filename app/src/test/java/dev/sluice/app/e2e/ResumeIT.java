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

/** What {@code sluice resume} makes of a workflow that changed while its run was broken off. */
final class ResumeIT {
    @TempDir private Path temp;
    private Sandbox sandbox;
    private SlowWorkflow workflow;

    @BeforeEach
    void withASlowJob() {
        sandbox = new Sandbox(temp);
        workflow = new SlowWorkflow(sandbox);
    }

    @Test
    void whatIsUnchangedIsAdoptedAndNothingElseRuns() {
        brokenOffWithTwoDone();
        workflow.go();
        sandbox.sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactlyInAnyOrder("quick", "other", "slow", "last");
    }

    @Test
    void whatAnotherRunHasMadeSinceIsNotTakenForHalfMade() {
        workflow.brokenOff();
        sandbox.sluice("cancel").isDone();
        workflow.awaitNothingRuns();
        workflow.go();
        sandbox.run().isDone();
        sandbox.sluice("resume").isDone();
        assertThat(sandbox.read("slow.txt")).isEqualTo("whole\n");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void aRunThatNeverHadAPlanIsPassedOver() {
        workflow.brokenOff();
        String wasBrokenOff = sandbox.read("Snakefile");
        sandbox.with("Snakefile", "import time; open('loads', 'w').close(); time.sleep(300)\n");
        Command.Running loading = sandbox.command("run").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("loads"));
        loading.signal("KILL");
        loading.end();
        sandbox.with("Snakefile", wasBrokenOff);
        workflow.go();
        sandbox.sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    @Test
    void whatFailedWhileNobodyLookedIsTriedAgainAtOnce() {
        sandbox.withSnakefile(
                """
                rule a:
                    output: "a.txt"
                    shell:
                        "echo a >> ran.txt; until [ -e go ] || [ ! -e Snakefile ]; do sleep 0.1; done; "
                        "echo >> over.txt; [ -e mended ] && touch {output}"
                """);
        Command.Running run = sandbox.command("run", "-c", "1").start();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("ran.txt"));
        run.signal("KILL");
        run.end();
        workflow.go();
        await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.has("over.txt"));
        await().atMost(Duration.ofSeconds(60)).until(() -> SupervisorRecords.ends(sandbox) == 1);
        sandbox.with("mended", "").sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactly("a", "a");
    }

    @Test
    void aHookThatFailsLeavesWhatRunsProtected() {
        workflow.brokenOff();
        String before = sandbox.read("Snakefile");
        sandbox.with("Snakefile", before + "onstart: raise ValueError('no')\n");
        sandbox.sluice("resume").hasCode(1);
        sandbox.with("Snakefile", before);
        workflow.go();
        assertThat(sandbox.run().isDone().err()).contains("Going on with run");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo {params.word} > | true; echo {params.word} > | Code has changed",
                "word=\"one\" | word=\"two\" | Params have changed since last execution",
                "input: \"source.txt\" | input: \"source.txt\", \"more.txt\" | Set of input files",
            })
    void aFinishedJobThatChangedRunsAgainAndTheReasonIsSaid(String from, String to, String reason) {
        brokenOffWithTwoDone();
        workflow.edit(from, to).go();
        // Older than what was made with the other one.
        sandbox.with("more.txt", "").setTimeOf("more.txt", sandbox.timeOf("source.txt"));
        assertThat(sandbox.sluice("resume").isDone().err()).contains(reason);
        assertThat(workflow.ran())
                .containsExactlyInAnyOrder("quick", "other", "slow", "other", "last");
    }

    @Test
    void aFinishedJobWhoseInputIsNewerRunsAgainAndTheReasonIsSaid() {
        brokenOffWithTwoDone();
        sandbox.with("source.txt", "new");
        workflow.go();
        assertThat(sandbox.sluice("resume").isDone().err())
                .contains("Updated input files: source.txt");
        assertThat(workflow.ran())
                .containsExactlyInAnyOrder("quick", "other", "slow", "other", "last");
    }

    @Test
    void aRunningJobWhoseTextChangedIsAdoptedAndTheNextRunMakesItAgain() {
        workflow.brokenOff().edit("kill $!;", "kill $!; true;");
        Command.Running resumed = sandbox.command("resume").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> resumed.errSoFar().contains("began with other code"));
        workflow.go();
        resumed.end().isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");

        assertThat(sandbox.run().isDone().err()).contains("Code has changed");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last", "slow", "last");
    }

    @Test
    void aRunningJobWhoseRuleIsGoneIsCancelledAndThatIsSaid() {
        workflow.brokenOff().edit("\"last.txt\", \"quick.txt\"", "\"quick.txt\", \"other.txt\"");
        assertThat(sandbox.sluice("resume").isDone().err()).contains("cancelled", "slow");
        workflow.awaitNothingRuns();
        assertThat(sandbox.has("slow.txt")).as("half an output").isFalse();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "other");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void aRunningJobWhoseInputIsMadeAnewRunsAgainAfterIt() {
        workflow.brokenOff().edit("touch {output}", "touch {output}; true").go();
        assertThat(sandbox.sluice("resume").isDone().err()).contains("Code has changed");
        assertThat(sandbox.read("last.txt")).isEqualTo("whole\n");
        assertThat(workflow.ran()).containsExactly("quick", "slow", "quick", "slow", "last");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    @Test
    void whatFailedRunsAgainWithOtherOptions() {
        workflow.edit("echo {params.word}", "test -e source.ok; echo {params.word}");
        sandbox.run("other", "quick").hasCode(1);
        sandbox.with("source.ok", "");
        assertThat(sandbox.sluice("resume", "-c", "1").isDone().err()).contains("rule other");
        assertThat(workflow.ran()).filteredOn("quick"::equals).hasSize(1);
        assertThat(workflow.ran()).filteredOn("other"::equals).hasSize(2);
        assertThat(sandbox.read("other.txt")).isEqualTo("one\n");
    }

    @Test
    void aBrokenSnakefileIsSaidAndWhatRunsGoesOn() {
        workflow.brokenOff().edit("rule last:", "rule last");
        sandbox.sluice("resume").hasCode(2);
        assertThat(workflow.slowJobRuns()).isTrue();
        workflow.edit("rule last", "rule last:").go();
        sandbox.sluice("resume").isDone();
        assertThat(workflow.ran()).containsExactly("quick", "slow", "last");
    }

    @Test
    void whereNothingWasBrokenOffNothingIsResumed() {
        assertThat(sandbox.sluice("resume").isDone().err()).contains("Nothing to resume");
        workflow.go();
        sandbox.run().isDone();
        assertThat(sandbox.sluice("resume").isDone().err()).contains("Nothing to resume");
    }

    private void brokenOffWithTwoDone() {
        Command.Running run = workflow.started("all", "other");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> RunJournal.of(sandbox).finishes().size() == 2);
        run.signal("KILL");
        run.end();
    }
}
