package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class LogsCommandTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void whatItPrintedStandsAloneOnTheOutput() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).printed(A, 1, "one\ntwo").finished(A, 1);
            run.ended(RunOutcome.SUCCEEDED);
            assertThat(logs(run, "out/A.bam")).isZero();
            assertThat(said.out()).isEqualTo("one\ntwo");
            assertThat(said.err())
                    .isEqualTo(
                            """
                            align, sample=A, attempt 1 of run %s: finished 2026-11-24 10:00:01 after 1.5 s
                            The rule's own log: logs/align.log
                            """
                                    .formatted(run.id()));
        }
    }

    @Test
    void bytesGoThroughAsTheyAre() throws IOException {
        byte[] bytes = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3};
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            Files.write(run.run().logs().resolve("aaaaaaaa-1"), bytes);
            logs(run, "aaaaaaaa-1");
            assertThat(said.bytes()).isEqualTo(bytes);
        }
    }

    @Test
    void theNewestAttemptIsShownAndAnEarlierOneOnRequest() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).printed(A, 1, "first\n").failedOnce(A, 1);
            run.running(A, 2).printed(A, 2, "second\n").failed(A, 2);
            logs(run, "align");
            logs(run, "align", "--attempt", "1");
            assertThat(said.out()).isEqualTo("second\nfirst\n");
            assertThat(said.err())
                    .contains("attempt 2 of run")
                    .contains("attempt 1 of run " + run.id() + ": came to nothing")
                    .contains("failed 2026-11-24 10:00:01 after 0.5 s (exit code 3)");
        }
    }

    @Test
    void anAttemptThatIsNotThereIsAnErrorThatSaysWhichAre() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            UsageError error = error(run, "align", "--attempt", "7");
            assertThat(error).hasMessage("align:sample=A has no attempt 7");
            assertThat(error.hint()).isEqualTo("it has: 1");
        }
    }

    @Test
    void aJobThatPrintedNothingIsSaidSo() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            logs(run, "align");
            assertThat(said.out()).isEmpty();
            assertThat(said.err()).endsWith("It printed nothing so far.\n");
        }
    }

    @Test
    void aJobThatWasNeverStartedSaysWhy() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.fact(new Fact.TaskSettled(A.key(), 0, new Verdict.Failed("NameError in params")));
            assertThat(error(run, "aaaaaaaa"))
                    .hasMessage("aaaaaaaa was never started: NameError in params");
        }
    }

    @Test
    void earlierRunsAreAskedWhereTheLatestDoesNotKnowTheJob() {
        try (var run = RunSketch.planned(workdir, 1);
                var later = RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(60), 1)) {
            run.running(A, 1).printed(A, 1, "from the first\n").finished(A, 1);
            later.running(B, 1).printed(B, 1, "from the second\n");
            logs(run, "out/A.bam");
            assertThat(said.out()).isEqualTo("from the first\n");
            assertThat(said.err()).contains("of run " + run.id());
            assertThat(error(run, "out/A.bam", "--run", later.id()))
                    .hasMessage("there is no job `out/A.bam` in run " + later.id());
        }
    }

    @Test
    void jsonHoldsTheTextToo() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).printed(A, 1, "one\n").failed(A, 1);
            logs(run, "align", "--json");
            assertThat(said.json().getFirst())
                    .containsEntry("job", "aaaaaaaa")
                    .containsEntry("text", "one\n")
                    .containsEntry("state", "failed");
            assertThat(said.err()).isEmpty();
        }
    }

    @Test
    void followingGoesOnOverAttemptsUntilTheJobEnds() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1).printed(A, 1, "a");
            var following = CompletableFuture.supplyAsync(() -> logs(run, "align", "-f"));
            await().until(() -> said.out().equals("a"));
            run.printed(A, 1, "b\n");
            await().until(() -> said.out().equals("ab\n"));
            run.failedOnce(A, 1).running(A, 2).printed(A, 2, "again\n");
            await().until(() -> said.out().equals("ab\nagain\n"));
            assertThat(following).isNotDone();
            run.printed(A, 2, "last\n").finished(A, 2);
            assertThat(following.join()).isZero();
            assertThat(said.out()).isEqualTo("ab\nagain\nlast\n");
            assertThat(said.err()).contains("-- attempt 2\n").endsWith("-- finished\n");
        }
    }

    @Test
    void followingOneAttemptEndsWithIt() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1).printed(A, 1, "a\n").failedOnce(A, 1).running(A, 2);
            assertThat(logs(run, "align", "-f", "--attempt", "1")).isZero();
            assertThat(said.out()).isEqualTo("a\n");
            assertThat(said.err()).endsWith("-- came to nothing\n");
        }
    }

    @Test
    void followingEndsWhereNobodyLooksAfterTheJob() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).printed(A, 1, "a\n");
            assertThat(logs(run, "align", "-f")).isZero();
            assertThat(said.out()).isEqualTo("a\n");
            assertThat(said.err())
                    .endsWith(
                            "-- run " + run.id() + " is broken-off: nobody looks after the job\n");
        }
    }

    private UsageError error(RunSketch run, String... words) {
        return catchThrowableOfType(UsageError.class, () -> logs(run, words));
    }

    private int logs(RunSketch run, String... words) {
        var times = Said.at(run.now().plusSeconds(60));
        return new LogsCommand(said.terminal(), workdir, Map.of(), times).run(List.of(words));
    }
}
