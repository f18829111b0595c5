package dev.sluice.app.runs;

import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.app.show.Plans;
import dev.sluice.app.show.RuleSketch;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;
import dev.sluice.engine.view.RunView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

class CancelCommandTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Job A = Job.align("A");
    private static final ExplainWorkflow.Opener NO_WORKFLOW = (words, folder) -> null;

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void aLivingRunIsToldAndWaitedFor() throws InterruptedException {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1);
            Thread engine =
                    engine(
                            run.run(),
                            wish ->
                                    run.fact(new Fact.StopRequested(true))
                                            .ended(RunOutcome.STOPPED));
            assertThat(cancel(LONG)).isZero();
            engine.join();
            assertThat(said.out())
                    .isEqualTo(
                            """
                            Run %s has ended: stopped, 0 of 1 jobs done.
                              go on with it: sluice resume %s
                            """
                                    .formatted(run.id(), run.id()));
        }
    }

    @Test
    void aWishThatWasDroppedIsLeftAgain() throws InterruptedException {
        try (var run = RunSketch.begun(workdir, RunSketch.BEGIN)) {
            var seen = new ArrayList<Wish>();
            Thread engine =
                    engine(
                            run.run(),
                            2,
                            wish -> {
                                seen.add(wish);
                                if (seen.size() == 2) {
                                    run.ended(RunOutcome.STOPPED);
                                }
                            });
            assertThat(cancel(LONG)).isZero();
            engine.join();
            assertThat(seen).containsExactly(new Wish.CancelRun(), new Wish.CancelRun());
        }
    }

    @Test
    void anEngineThatDoesNotAnswerIsSaid() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            assertThat(cancel(SHORT)).isOne();
            assertThat(said.err()).contains("did not answer", "  = help: ");
            assertThat(new Wishes(run.run()).take()).containsExactly(new Wish.CancelRun());
        }
    }

    @Test
    void withoutWaitingTheWordIsLeft() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            assertThat(cancel(LONG, "--no-wait", "--json")).isZero();
            assertThat(said.json().getFirst())
                    .containsEntry("format", 1)
                    .containsEntry("run", run.id())
                    .containsEntry("job", null)
                    .containsEntry("result", "asked")
                    .containsEntry("state", "running");
            assertThat(said.json().getFirst().keySet())
                    .containsExactlyElementsOf(
                            new JsonPage().fields("What came of a cancellation", 0));
            assertThat(new Wishes(run.run()).take()).containsExactly(new Wish.CancelRun());
        }
    }

    @Test
    void aRunThatHasEndedIsLeftAlone() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED);
            assertThat(cancel(LONG, run.id())).isZero();
            assertThat(said.out())
                    .isEqualTo(
                            "Run "
                                    + run.id()
                                    + " has ended already: succeeded, 1 of 1 jobs done.\n");
            assertThat(new Wishes(run.run()).isWaiting()).isFalse();
        }
    }

    @Test
    void aBrokenOffRunIsEnded() {
        RunFolder folder;
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            folder = run.run();
        }
        assertThat(cancel(LONG)).isZero();
        assertThat(said.out())
                .startsWith(
                        "Run " + folder.id() + " was broken off and is ended now; the job that");
        assertThat(RunView.of(folder).head().outcome()).isEqualTo(RunOutcome.STOPPED);
        assertThat(Journal.read(folder.journal()))
                .extracting(entry -> (Object) entry.fact())
                .endsWith(new Fact.StopRequested(true), new Fact.RunEnded(RunOutcome.STOPPED));
        assertThat(Hold.standingOf(folder)).isEqualTo(Hold.Standing.NOBODY);
    }

    @Test
    void aJobIsToldByTheKeyOfItsTask() throws InterruptedException {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1);
            var seen = new ArrayList<Wish>();
            Thread engine =
                    engine(
                            run.run(),
                            wish -> {
                                seen.add(wish);
                                run.fact(
                                                new Fact.AttemptEnded(
                                                        A.key(), 1, new AttemptEnd.Cancelled()))
                                        .fact(
                                                new Fact.TaskSettled(
                                                        A.key(), 1, new Verdict.Cancelled()));
                            });
            assertThat(cancel(LONG, "out/A.bam")).isZero();
            engine.join();
            assertThat(seen).containsExactly(new Wish.CancelTask(A.key()));
            assertThat(said.out()).startsWith("align:sample=A has ended: cancelled.\n");
            assertThat(cancel(LONG, "align:sample=A")).isZero();
            assertThat(said.out()).contains("align:sample=A has ended already: cancelled.\n");
        }
    }

    @Test
    void aJobThatWasNotStartedIsFoundInThePlan() throws InterruptedException {
        var workflow =
                new ExplainSketch(
                        workdir,
                        RuleSketch.book(rule("late").output("late.txt").shell("touch")),
                        new Plans.Files(),
                        Provenance.load(workdir),
                        Limits.cores(1),
                        false);
        Key key = new Key(workflow.plan().key(0));
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            Thread engine =
                    engine(
                            run.run(),
                            wish -> {
                                assertThat(wish).isEqualTo(new Wish.CancelTask(key));
                                run.fact(new Fact.TaskSettled(key, 0, new Verdict.Cancelled()));
                            });
            assertThat(cancel(workflow.opener(), LONG, "late.txt", "--json")).isZero();
            engine.join();
            assertThat(said.json().getFirst())
                    .containsEntry("job", key.text())
                    .containsEntry("result", "ended")
                    .containsEntry("state", "cancelled");
        }
    }

    @Test
    void aJobOfARunThatNobodyHoldsCannotBeCancelledAlone() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1);
            assertThatThrownBy(() -> cancel(LONG, "out/A.bam"))
                    .isInstanceOfSatisfying(
                            UsageError.class,
                            error ->
                                    assertThat(error.hint()).contains("sluice cancel " + run.id()));
        }
    }

    @Test
    void anUnknownJobIsAnError() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of())) {
            run.running(A, 1);
            assertThatThrownBy(() -> cancel(LONG, "out/B.bam"))
                    .isInstanceOf(UsageError.class)
                    .hasMessageContaining("out/B.bam");
        }
    }

    private int cancel(Duration patience, String... words) {
        return cancel(NO_WORKFLOW, patience, words);
    }

    private int cancel(ExplainWorkflow.Opener opener, Duration patience, String... words) {
        return new CancelCommand(said.terminal(), workdir, opener, patience).run(List.of(words));
    }

    private static Thread engine(RunFolder run, Consumer<Wish> answer) {
        return engine(run, 1, answer);
    }

    /** Stands for an engine: answers so many wishes, then is gone. */
    private static Thread engine(RunFolder run, int count, Consumer<Wish> answer) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            var wishes = new Wishes(run);
                            int left = count;
                            while (left > 0) {
                                for (Wish wish : wishes.take()) {
                                    answer.accept(wish);
                                    left--;
                                }
                                Thread.onSpinWait();
                            }
                        });
    }
}
