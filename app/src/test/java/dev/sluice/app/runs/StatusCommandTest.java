package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class StatusCommandTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");
    private static final Job C = Job.align("C");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void aFailedRunSaysWhatFailedWhyAndWhatToDo() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).finished(A, 1).running(B, 1).failed(B, 1);
            run.ended(RunOutcome.FAILED);
            assertThat(status(run)).isZero();
            assertThat(said.out())
                    .isEqualTo(
                            """
                            run %1$s: failed after 2.0 s
                              sluice run -c 2
                              began 2026-11-24 10:00:00 (1 min ago), by ada on node1

                            1 of 3 jobs done (33%%), 1 failed
                              align  ██████··············  1/3

                            failed
                              align:sample=B: exit code 3
                                log: .sluice/runs/%1$s/logs/bbbbbbbb-1

                            next
                              sluice logs align:sample=B  what it printed
                              sluice resume               try what failed again, and go on with the rest
                            """
                                    .formatted(run.id()));
        }
    }

    @Test
    void aLivingRunSaysWhatRunsAndForHowLong() {
        try (var run = RunSketch.planned(workdir, 3);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1).finished(A, 1).running(B, 1).failedOnce(B, 1).running(B, 2);
            run.fact(new Fact.Warned("slow disk"));
            status(run);
            assertThat(said.out())
                    .contains(": running for 1 min 2 s (process ")
                    .contains("1 of 3 jobs done (33%), 1 running, 1 attempt made again")
                    .contains("running\n  align:sample=B  for 1 min 0 s  local  attempt 2\n")
                    .contains("warning\n  2026-11-24 10:00:02  slow disk\n")
                    .contains("sluice attach  follow it\n  sluice cancel  stop it\n");
        }
    }

    @Test
    void aRunThatBrokeOffSaysWhatRanAndHowToGoOn() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).after(1000).running(B, 1);
            status(run);
            assertThat(said.out())
                    .contains(": broken off, last heard of 1 min ago (2026-11-24 10:00:01)")
                    .contains("0 of 3 jobs done (0%), 2 were running")
                    .contains("running when it broke off\n  align:sample=A  local\n")
                    .contains("sluice resume  go on; what is finished does not run again");
        }
    }

    @Test
    void aResumedRunSaysWhoResumedItAndWhatWasDoneBefore() {
        try (var run = RunSketch.planned(workdir, 2)) {
            run.running(A, 1).finished(A, 1).after(60_000).resumed().running(B, 1).finished(B, 1);
            run.ended(RunOutcome.SUCCEEDED);
            status(run);
            assertThat(said.out())
                    .contains(": succeeded in 3.0 s\n")
                    .contains("resumed 2026-11-24 10:01:01 (1 min ago), by bob on node2")
                    .contains("1 of 1 jobs done (100%); 1 done before it was resumed")
                    .doesNotContain("next");
        }
    }

    @Test
    void allJobsAreListedWhenAskedFor() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).finished(A, 1).running(B, 1).failedOnce(B, 1).running(C, 1);
            status(run, "--jobs");
            assertThat(said.out())
                    .contains(
                            """
                            all jobs that were started
                              finished           align:sample=A  1.5 s  aaaaaaaa
                              to be tried again  align:sample=B  0.5 s  bbbbbbbb
                              broken off         align:sample=C         cccccccc
                            """);
        }
    }

    @Test
    void hintsNameTheRunAndTheFolderWhereTheyMust() {
        try (var run = RunSketch.planned(workdir, 1)) {
            RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(60), 1).close();
            new StatusCommand(said.terminal(), workdir.resolve(".."), Map.of())
                    .run(List.of(run.id(), "-d", workdir.toString()));
            assertThat(said.out()).contains("sluice resume " + run.id() + " -d " + workdir);
        }
    }

    @Test
    void jsonNamesTheJobsThatRun() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).finished(A, 1).running(C, 1);
            status(run, "--json");
            assertThat(Json.objects(said.json().getFirst().get("open_jobs")).getFirst())
                    .containsEntry("state", "running");
        }
    }

    @Test
    void jsonSaysTheSame() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(A, 1).finished(A, 1).running(B, 1).failed(B, 1).running(C, 1);
            run.ended(RunOutcome.FAILED);
            status(run, "--json");
            Map<String, Object> json = said.json().getFirst();
            assertThat(said.json()).hasSize(1);
            assertThat(json)
                    .containsEntry("run", run.id())
                    .containsEntry("state", "failed")
                    .containsEntry("started", "2026-11-24T10:00:00Z")
                    .containsEntry("done", 1)
                    .containsEntry("total", 3)
                    .containsEntry("failures", 1)
                    .containsEntry("rules", Map.of("align", Map.of("done", 1, "total", 3)));
            assertThat(Json.objects(json.get("failed_jobs")).getFirst())
                    .containsEntry("job", "bbbbbbbb")
                    .containsEntry("wildcards", Map.of("sample", "B"))
                    .containsEntry("failure", "exit code 3");
            assertThat(Json.objects(json.get("open_jobs"))).as("when the run is over").isEmpty();
            assertThat(json).doesNotContainKey("jobs");
        }
    }

    @Test
    void watchingNeedsATerminal() {
        try (var run = RunSketch.planned(workdir, 1)) {
            UsageError error = catchThrowableOfType(UsageError.class, () -> status(run, "--watch"));
            assertThat(error).hasMessage("--watch needs a terminal");
            assertThat(error.hint()).contains("sluice attach");
        }
    }

    private int status(RunSketch run, String... words) {
        var times = Said.at(run.now().plusSeconds(60));
        return new StatusCommand(said.terminal(), workdir, Map.of(), times).run(List.of(words));
    }
}
