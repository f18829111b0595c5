package dev.sluice.app.runs;

import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.show.Plans;
import dev.sluice.app.show.RuleSketch;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

class ExplainCommandTest {
    private static final Instant NOW = RunSketch.BEGIN.plusSeconds(60);
    private static final long BEFORE = NOW.getEpochSecond() - 3600;

    @TempDir Path workdir;
    private final Said said = new Said();
    private final Plans.Files files = new Plans.Files();
    private Limits limits = Limits.cores(2);
    private boolean keepsGoing;
    private @Nullable RunSketch living;
    private @Nullable Hold held;

    @BeforeEach
    void twoReads() {
        files.with("reads/A.fq", BEFORE).with("reads/B.fq", BEFORE);
    }

    private static RuleBook book() {
        return RuleSketch.book(
                rule("all").input("report.txt"),
                rule("report").input("out/A.bam", "out/B.bam").output("report.txt").shell("cat"),
                rule("align").input("reads/{sample}.fq").output("out/{sample}.bam").shell("bwa"),
                rule("extra").output("extra/{n}.txt").shell("touch"));
    }

    // Without a run ------------------------------------------------------------------------------

    @Test
    void whatWasNeverMadeWouldRunForThat() {
        explain("out/A.bam");
        assertThat(said.out())
                .isEqualTo("align:sample=A would run because out/A.bam has not been made yet.\n");
    }

    @Test
    void theChainLeadsToTheRoot() {
        files.with("out/A.bam", BEFORE + 10)
                .with("out/B.bam", BEFORE + 10)
                .with("report.txt", BEFORE + 20)
                .with("reads/B.fq", BEFORE + 1800);
        explain("all");
        assertThat(said.out())
                .isEqualTo(
                        """
                        all would run because its input report.txt is made anew by report; at the root of it is align:sample=B: its input reads/B.fq has changed 30 min ago, after out/B.bam was made (59 min ago).

                          all: its input report.txt is made anew by report
                            report: its input out/B.bam is made anew by align:sample=B
                              align:sample=B: its input reads/B.fq has changed 30 min ago, after out/B.bam was made (59 min ago)
                        """);
    }

    @Test
    void whatIsUpToDateSaysSo() {
        everythingIsMade();
        explain("report");
        assertThat(said.out())
                .startsWith(
                        "report does not run: report.txt is there and not older than the inputs.\n")
                .contains("no record of how it was made");
    }

    @Test
    void anIntermediateFileThatNobodyNeedsIsNotMadeAgain() {
        files.with("report.txt", BEFORE + 20).with("out/B.bam", BEFORE + 10);
        explain("align:sample=A");
        assertThat(said.out())
                .isEqualTo(
                        "align:sample=A does not run: out/A.bam is not there, but nothing that is"
                                + " to be made needs it.\n");
    }

    @Test
    void aSourceFileNamesThoseThatReadIt() {
        explain("reads/A.fq");
        assertThat(said.out())
                .startsWith(
                        "reads/A.fq is a source file: no job makes it; align:sample=A reads it, and"
                                + " it was changed 1 h ago.\n");
    }

    @Test
    void aFileThatNothingNeedsNamesTheRuleThatWouldMakeIt() {
        explain("extra/7.txt");
        assertThat(said.out())
                .startsWith(
                        "nothing that is to be made needs extra/7.txt, which extra:n=7 makes.\n")
                .contains("sluice run extra/7.txt");
    }

    @Test
    void whatNoRuleMakesIsAnErrorWithTheNearest() {
        assertThatThrownBy(() -> explain("reprot.txt"))
                .isInstanceOfSatisfying(
                        UsageError.class,
                        error -> {
                            assertThat(error.text()).contains("reprot.txt");
                            assertThat(error.hint()).contains("report.txt");
                        });
    }

    @Test
    void severalJobsOfARuleAreListed() {
        assertThatThrownBy(() -> explain("align"))
                .isInstanceOfSatisfying(
                        UsageError.class,
                        error -> {
                            assertThat(error.text()).contains("could be 2 jobs");
                            assertThat(error.hint()).contains("align:sample=A", "align:sample=B");
                        });
    }

    @Test
    void aJobIsFoundByItsKeyAndTheNameOfAnAttempt() {
        String key = job("align:sample=A").key();
        for (String word : List.of(key, key.substring(0, 8), key + "-3", "./out/A.bam")) {
            Said each = new Said();
            explain(each, workflow(), word);
            assertThat(each.out()).as(word).startsWith("align:sample=A would run");
        }
    }

    @Test
    void jsonSaysTheSame() {
        explain("report", "--json");
        var answer = said.json().getFirst();
        assertThat(answer)
                .containsEntry("format", 1)
                .containsEntry("asked", "report")
                .containsEntry("run", null)
                .containsEntry("answer", "would-run")
                .containsEntry("rule", "report")
                .containsEntry("job", job("report").key());
        var page = new JsonPage();
        String heading = "Why a job runs";
        assertThat(answer.keySet()).containsExactlyElementsOf(page.fields(heading, 0));
        assertThat(Json.objects(answer.get("chain")).getFirst().keySet())
                .containsExactlyElementsOf(page.fields(heading, 2));
        assertThat(page.fields(heading, 1))
                .containsExactlyElementsOf(
                        Stream.of(Explanation.Answer.values())
                                .map(Explanation.Answer::word)
                                .toList());
        assertThat(page.fields(heading, 3))
                .containsAll(
                        Stream.of(ExplainCauses.Kind.values())
                                .map(ExplainCauses.Kind::word)
                                .toList());
        var chain = Json.objects(answer.get("chain"));
        assertThat(chain.getFirst())
                .containsEntry("depth", 0)
                .containsEntry("cause", "not-made-yet")
                .containsEntry("files", List.of("report.txt"));
        assertThat(chain.getLast()).containsEntry("depth", 1).containsEntry("rule", "align");
    }

    // In a run -----------------------------------------------------------------------------------

    @Test
    void itIsPlannedByTheCommandLineOfTheRun() {
        ExplainSketch workflow = workflow();
        try (var _ = RunSketch.planned(workdir, 3)) {
            explain(said, workflow, "report");
            explain(said, workflow, "report", "--", "--forceall");
        }
        assertThat(workflow.opened).containsExactly(List.of("-c", "2"), List.of("--forceall"));
    }

    @Test
    void aRunningJobSaysSinceWhenAndWhy() {
        inLivingRun(run -> run.running(sketched("align:sample=A"), 1).after(3000));
        explain("out/A.bam");
        assertThat(said.out())
                .startsWith("align:sample=A has been running for 1 min 0 s (attempt 1, local).\n")
                .contains("it runs for: Missing output files: out/A.bam")
                .contains("sluice logs");
    }

    @Test
    void aJobThatNeedsARunningOneWaitsForIt() {
        inLivingRun(run -> run.running(sketched("align:sample=A"), 1));
        explain("all");
        assertThat(said.out())
                .isEqualTo(
                        """
                        all waits for 3 jobs, the nearest of them align:sample=A, which has been running for 1 min 0 s.

                          all: waits for report
                            report: waits for align:sample=A and 1 more
                              align:sample=A: has been running for 1 min 0 s
                        """);
    }

    @Test
    void aReadyJobWaitsForRoom() {
        inLivingRun(run -> run.running(sketched("align:sample=A"), 1));
        explain("out/B.bam");
        assertThat(said.out())
                .isEqualTo(
                        """
                        align:sample=B is ready and waits for room: it needs 1 core, and 0 of 2 are free (1 job running).

                          align:sample=B: it needs 1 core, and 0 of 2 are free
                            align:sample=A: takes 2 cores
                        """);
    }

    @Test
    void aReadyJobWithRoomIsNext() {
        limits = Limits.cores(8);
        inLivingRun(run -> run.running(sketched("align:sample=A"), 1));
        explain("out/B.bam");
        assertThat(said.out()).startsWith("align:sample=B is ready, and is started as soon as");
    }

    @Test
    void whatNeedsAFailedJobIsHeldBack() {
        keepsGoing = true;
        inLivingRun(
                run -> {
                    RunSketch.Job job = sketched("align:sample=A");
                    run.running(job, 1).failed(job, 1);
                });
        explain("all", "--json");
        assertThat(said.json().getFirst())
                .containsEntry("answer", "held-back")
                .extractingByKey("sentence")
                .asString()
                .startsWith(
                        "all is not run, since it needs align:sample=A, which failed with exit code"
                                + " 3");
    }

    @Test
    void withoutKeepGoingAFailureHoldsBackTheRest() {
        inLivingRun(
                run -> {
                    RunSketch.Job job = sketched("align:sample=A");
                    run.running(job, 1).failed(job, 1);
                });
        explain("out/B.bam");
        assertThat(said.out()).contains("nothing new is started after that", "--keep-going");
    }

    @Test
    void aJobThatIsTriedAgainSaysWhy() {
        inLivingRun(
                run -> {
                    RunSketch.Job job = sketched("align:sample=A");
                    run.running(job, 1).failedOnce(job, 1);
                });
        explain("out/A.bam");
        assertThat(said.out())
                .startsWith(
                        "align:sample=A is tried again soon, since attempt 1 came to nothing: exit"
                                + " code 3.\n");
    }

    @Test
    void aStoppingRunStartsNothingMore() {
        inLivingRun(run -> run.fact(new Fact.StopRequested(false)));
        explain("out/B.bam");
        assertThat(said.out())
                .startsWith("align:sample=B is not started: the run was asked to stop");
    }

    @Test
    void aJobThatWasCancelledUnstartedSaysSo() {
        Key key = sketched("align:sample=A").key();
        inLivingRun(run -> run.fact(new Fact.TaskSettled(key, 0, new Verdict.Cancelled())));
        explain("out/A.bam", "--json");
        assertThat(said.json().getFirst()).containsEntry("answer", "cancelled");
    }

    @Test
    void whatFailedInARunThatEndedWouldRunAgain() {
        RunSketch.Job job = sketched("align:sample=A");
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(job, 1).failed(job, 1).ended(RunOutcome.FAILED);
            explain("out/A.bam");
            assertThat(said.out())
                    .startsWith(
                            "align:sample=A failed in run "
                                    + run.id()
                                    + " (exit code 3), and it would run again because ")
                    .contains("sluice logs align:sample=A");
        }
    }

    @Test
    void whatWasUnderWayWhenTheRunBrokeOffIsAdopted() {
        try (var run = RunSketch.planned(workdir, 3)) {
            run.running(sketched("align:sample=A"), 1);
            explain("out/A.bam");
            assertThat(said.out())
                    .startsWith("align:sample=A was under way when run " + run.id() + " broke off")
                    .contains("sluice resume " + run.id());
        }
    }

    @Test
    void aJobThatTheWorkflowKnowsNoMoreIsGone() {
        try (var run = RunSketch.planned(workdir, 1)) {
            RunSketch.Job renamed = RunSketch.Job.align("Z");
            run.running(renamed, 1).finished(renamed, 1);
            explain("out/Z.bam", "--json");
            assertThat(said.json().getFirst())
                    .containsEntry("answer", "gone")
                    .containsEntry("rule", "align");
        }
    }

    // --------------------------------------------------------------------------------------------

    private void everythingIsMade() {
        files.with("out/A.bam", BEFORE + 10)
                .with("out/B.bam", BEFORE + 10)
                .with("report.txt", BEFORE + 20);
    }

    private void inLivingRun(Consumer<RunSketch> story) {
        RunSketch run = RunSketch.planned(workdir, 4);
        living = run;
        held = Hold.take(run.run(), List.of());
        story.accept(run);
    }

    @AfterEach
    void letGo() {
        if (living != null && held != null) {
            living.close();
            held.close();
        }
    }

    private ExplainSketch workflow() {
        return new ExplainSketch(
                workdir, book(), files, Provenance.load(workdir), limits, keepsGoing);
    }

    private void explain(String... words) {
        explain(said, workflow(), words);
    }

    private void explain(Said to, ExplainSketch workflow, String... words) {
        var command = new ExplainCommand(to.terminal(), workdir, workflow.opener(), Said.at(NOW));
        assertThat(command.run(new ArrayList<>(List.of(words)))).isZero();
    }

    private PlannedJob job(String selector) {
        Plan plan = workflow().plan();
        return plan.job(new ExplainChoice(plan, workdir, workdir, selector).job());
    }

    /** The job of the plan as facts have it. */
    private RunSketch.Job sketched(String selector) {
        PlannedJob job = job(selector);
        return new RunSketch.Job(
                new Key(job.key()),
                job.rule().name(),
                job.wildcards().toMap(),
                job.output().items().stream().map(file -> file.path()).toList());
    }
}
