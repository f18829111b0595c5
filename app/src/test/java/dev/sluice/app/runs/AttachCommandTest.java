package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class AttachCommandTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");
    private static final Job C = Job.align("C");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void followsARunToItsEndAndAnswersAsItDoes() {
        try (var run = RunSketch.planned(workdir, 3);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1).finished(A, 1).running(B, 1).printed(B, 1, "before\n");
            var following = CompletableFuture.supplyAsync(() -> attach(run));
            await().until(() -> said.err().contains("1 of 3 jobs done (33%), 1 running"));
            run.printed(B, 1, "hello from B\n");
            await().until(() -> said.err().contains("hello from B"));
            run.failed(B, 1).running(C, 1).printed(C, 1, "hello from C\n").finished(C, 1);
            run.ended(RunOutcome.FAILED);
            assertThat(following.join()).isEqualTo(1);

            String told = said.err();
            assertThat(told).doesNotContain("before").doesNotContain("Finished align, sample=A");
            assertThat(told.substring(told.indexOf("hello from B")))
                    .isEqualTo(
                            """
                            hello from B
                            Error in rule align:
                                message: exit code 3
                                wildcards: sample=B
                                output: out/B.bam
                                log: .sluice/runs/%1$s/logs/bbbbbbbb-1
                            rule align:
                                output: out/C.bam
                                reason: Missing output files: out/C.bam
                                wildcards: sample=C

                            hello from C
                            Finished align, sample=C
                            2 of 3 steps (66%%) done
                            2 of 3 jobs done
                            Failed: `sluice status %1$s` says what.
                            """
                                    .formatted(run.id()));
        }
    }

    @Test
    void aRunThatHasEndedIsToldInShort() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED);
            assertThat(attach(run)).isZero();
            assertThat(said.err())
                    .contains("run " + run.id() + ": succeeded in 1.5 s")
                    .endsWith("1 of 1 jobs done\nDone.\n");
        }
    }

    @Test
    void aRunThatBrokeOffIsSaidSo() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            assertThat(attach(run)).isEqualTo(1);
            assertThat(said.err())
                    .endsWith(
                            """
                            error: run %s broke off: nobody is at work on it
                              = help: `sluice resume` goes on with it
                            """
                                    .formatted(run.id()));
        }
    }

    @Test
    void anAttemptThatIsMadeAgainIsSaid() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            var following = CompletableFuture.supplyAsync(() -> attach(run));
            await().until(() -> said.err().contains("0 of 1 jobs done"));
            run.running(A, 1).failedOnce(A, 1).running(A, 2).finished(A, 2);
            run.ended(RunOutcome.SUCCEEDED);
            assertThat(following.join()).isZero();
            assertThat(said.err())
                    .contains("align, sample=A is tried again\n")
                    .contains("    attempt: 2\n");
        }
    }

    @Test
    void aRunWithoutAPlanThatIsSilentIsDoubted() {
        try (var run = RunSketch.begun(workdir, RunSketch.BEGIN)) {
            var following = CompletableFuture.supplyAsync(() -> attach(run, 600));
            await().until(() -> said.err().contains("it plans, or broke off while it did"));
            run.ended(RunOutcome.STOPPED);
            assertThat(following.join()).isEqualTo(1);
            assertThat(said.err()).endsWith("Stopped. `sluice resume` goes on with the rest.\n");
        }
    }

    @Test
    void jsonIsTheFactsSoFarAndThoseToCome() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            var following = CompletableFuture.supplyAsync(() -> attach(run, "--json"));
            await().until(() -> said.out().contains("PlanMade"));
            run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED);
            assertThat(following.join()).isZero();
            assertThat(said.json())
                    .extracting(json -> json.get("fact"))
                    .startsWith("RunStarted", "PlanMade", "AttemptStarted")
                    .endsWith("TaskSettled", "RunEnded");
            assertThat(said.err()).isEmpty();
        }
    }

    private int attach(RunSketch run, String... words) {
        return attach(run, 0, words);
    }

    private int attach(RunSketch run, int later, String... words) {
        var times = Said.at(run.now().plusSeconds(later));
        return new AttachCommand(said.terminal(), workdir, Map.of(), times).run(List.of(words));
    }
}
