package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.checkpoint;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.PlanRequest.Forcing;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;

/** A run that was forced to make things broke off, and its next life plans the rest. */
class ResumedPlanTest {
    private static final Forcing ALL = new Forcing(true, false, List.of());
    private static final Forcing TARGETS = new Forcing(false, true, List.of());

    private final FakePython python = new FakePython();
    private final FakeFiles disk =
            new FakeFiles().with("in", 1).with("a.txt", 2).with("b.txt", 3).with("c.txt", 4);

    private final RuleBook chain =
            book(
                    rule("c").in("b.txt").out("c.txt"),
                    rule("b").in("a.txt").out("b.txt"),
                    rule("a").in("in").out("a.txt"));

    @Test
    void aFinishedJobIsNotForcedAgainAndTheRestIs() {
        disk.with("a.txt", 10);

        assertThat(reasons(chain, ALL.resumed(List.of("a.txt"), List.of())))
                .containsExactly("c: Forced execution", "b: Forced execution");
    }

    @Test
    void nothingIsLeftWhereAllWasMade() {
        disk.with("a.txt", 10).with("b.txt", 11).with("c.txt", 12);
        List<String> all = List.of("a.txt", "b.txt", "c.txt");

        assertThat(reasons(chain, ALL.resumed(all, List.of()))).isEmpty();
        assertThat(reasons(chain, named("a").resumed(all, List.of()))).isEmpty();
        assertThat(reasons(chain, TARGETS.resumed(all, List.of()))).isEmpty();
    }

    @Test
    void aTargetThatWasForcedAndMadeIsDone() {
        disk.with("c.txt", 10);

        assertThat(reasons(chain, TARGETS)).containsExactly("c: Forced execution");
        assertThat(reasons(chain, TARGETS.resumed(List.of("c.txt"), List.of()))).isEmpty();
    }

    @Test
    void whatWasMadeIsStillJudgedByItsInputs() {
        disk.with("a.txt", 10).with("in", 20);

        assertThat(reasons(chain, ALL.resumed(List.of("a.txt"), List.of())))
                .contains("a: Updated input files: in");
    }

    @Test
    void whatWasMadeAndIsGoneIsMadeAgain() {
        disk.without("a.txt");

        assertThat(reasons(chain, ALL.resumed(List.of("a.txt"), List.of())))
                .contains("a: Missing output files: a.txt");
    }

    @Test
    void aJobIsDoneOnlyWhenAllItsOutputsWereMade() {
        RuleBook book = book(rule("two").in("in").out("b.txt", "c.txt"));

        assertThat(reasons(book, ALL.resumed(List.of("b.txt"), List.of())))
                .containsExactly("two: Forced execution");
        assertThat(reasons(book, ALL.resumed(List.of("b.txt", "c.txt"), List.of()))).isEmpty();
    }

    @Test
    void dependentsOfARuleThatWasMadeAgainStillRun() {
        disk.with("a.txt", 10);

        assertThat(reasons(chain, named("a").resumed(List.of("a.txt"), List.of())))
                .containsExactly(
                        "c: Input files updated by another job: b.txt",
                        "b: Input files updated by another job: a.txt");
    }

    @Test
    void dependentsRunEvenWhereTheForcedRuleMadeTheSameContentAgain() {
        RuleBook book = chain;
        var checksums = new LinkedHashMap<String, String>();
        checksums.put("a.txt", disk.sha256("a.txt"));
        disk.with("a.txt", 10);
        PastOutputs past =
                path ->
                        path.equals("b.txt")
                                ? new OutputRecord("b", false, null, checksums, 0, 0)
                                : null;

        assertThat(reasons(book, Forcing.NONE, past)).isEmpty();
        assertThat(reasons(book, named("a").resumed(List.of("a.txt"), List.of()), past))
                .containsExactly(
                        "c: Input files updated by another job: b.txt",
                        "b: Input files updated by another job: a.txt");
    }

    @Test
    void whatARemadeJobLeadsToRunsThoughTheJobsBetweenAreDone() {
        disk.with("a.txt", 3).with("b.txt", 4);

        assertThat(reasons(chain, named("a").resumed(List.of("a.txt", "b.txt"), List.of())))
                .containsExactly("c: Input files updated by another job: b.txt");
    }

    @Test
    void anAncientInputThatWasRemadeConcernsNobody() {
        RuleBook book =
                book(rule("c").in("ancient:b.txt").out("c.txt"), rule("b").in("in").out("b.txt"));
        disk.with("b.txt", 10);

        assertThat(reasons(book, named("b").resumed(List.of("b.txt"), List.of()))).isEmpty();
    }

    @Test
    void aForcedJobBehindAnAncientInputRunsInTheNextLifeToo() {
        RuleBook book =
                book(
                        rule("c").in("ancient:b.txt").out("c.txt"),
                        rule("b").in("a.txt").out("b.txt"),
                        rule("a").in("in").out("a.txt"));

        assertThat(reasons(book, ALL.resumed(List.of("a.txt"), List.of())))
                .containsExactly("c: Forced execution", "b: Forced execution");
    }

    @Test
    void aJobThatLeavesNoFileIsDoneByItsKey() {
        RuleBook book =
                book(
                        rule("report").in("a.txt").shell("report"),
                        rule("a").in("in").out("a.txt"),
                        rule("greet").shell("greet"));
        Plan first = plan(book, Forcing.NONE, PastOutputs.NONE, "report", "greet");
        String report = first.key(PlannerTest.jobOf(first, "report"));
        String greet = first.key(PlannerTest.jobOf(first, "greet"));

        assertThat(first.counts().keySet()).containsExactly("greet", "report");
        Forcing resumed = Forcing.NONE.resumed(List.of(), List.of(report));
        assertThat(plan(book, resumed, PastOutputs.NONE, "report", "greet").counts().keySet())
                .containsExactly("greet");
        resumed = ALL.resumed(List.of("a.txt"), List.of(report, greet));
        assertThat(plan(book, resumed, PastOutputs.NONE, "report", "greet").count()).isZero();
        disk.with("in", 9);
        assertThat(plan(book, resumed, PastOutputs.NONE, "report", "greet").counts().keySet())
                .as("its input is made anew")
                .containsExactly("a", "report");
    }

    @Test
    void aPipeWasNeverAFileToBeMade() {
        RuleBook book =
                book(
                        rule("reader").in("stream").out("c.txt"),
                        rule("writer").in("in").out("pipe:stream", "b.txt"));

        assertThat(reasons(book, ALL.resumed(List.of("b.txt", "c.txt"), List.of()))).isEmpty();
    }

    @Test
    void whatACheckpointAddsInTheNextLifeIsForced() {
        RuleBook book =
                book(
                        rule("all").in("joined"),
                        checkpoint("split").out("parts"),
                        rule("work").in("parts").out("work/{n}"),
                        rule("join")
                                .in(
                                        python.function(
                                                "wildcards",
                                                job ->
                                                        python.has("split")
                                                                ? FakePython.files(
                                                                        "work/1", "work/2")
                                                                : FakePython.needs(
                                                                        "split", "parts")))
                                .out("joined"));
        disk.with("parts", 10).with("work/1", 11).with("work/2", 5).with("joined", 6);

        Plan plan =
                plan(book, ALL.resumed(List.of("parts", "work/1"), List.of()), PastOutputs.NONE);
        assertThat(PlanText.of(plan))
                .doesNotContain("split")
                .doesNotContain("[n=1]")
                .contains("work [n=2]: Forced execution")
                .contains("join: Forced execution");
    }

    @Test
    void aHalfMadeOutputBehindAnAncientInputIsMadeAgain() {
        RuleBook book =
                book(rule("c").in("ancient:b.txt").out("c.txt"), rule("b").in("in").out("b.txt"));
        disk.with("in", 9);
        PastOutputs past =
                path ->
                        path.equals("c.txt")
                                ? new OutputRecord("c", true, null, new LinkedHashMap<>(), 0, 0)
                                : null;

        assertThat(reasons(book, Forcing.NONE, past))
                .containsExactly("c: Forced execution", "b: Updated input files: in");
    }

    @Test
    void jobsOfThisLifeAreSettledWhateverAnEarlierOneMade() {
        Planner planner =
                planner(chain, ALL.resumed(List.of("a.txt"), List.of()), PastOutputs.NONE);
        Plan plan = ((Planned.Made) planner.plan()).plan();
        var finished = new BitSet();
        finished.set(PlannerTest.jobOf(plan, "b"));

        Replanned replanned = planner.checkpointsFinished(List.of(), finished, new BitSet());

        assertThat(replanned).isInstanceOf(Replanned.PlanChanged.class);
        assertThat(((Replanned.PlanChanged) replanned).plan().counts().keySet())
                .containsExactly("b", "c");
    }

    private static Forcing named(String rule) {
        return new Forcing(false, false, List.of(rule));
    }

    private List<String> reasons(RuleBook book, Forcing forcing) {
        return reasons(book, forcing, PastOutputs.NONE);
    }

    /** Of each job that runs. */
    private List<String> reasons(RuleBook book, Forcing forcing, PastOutputs past) {
        Plan plan = plan(book, forcing, past);
        return plan.jobs().stream()
                .filter(plan::runs)
                .map(job -> plan.job(job).rule().name() + ": " + plan.reason(job).text())
                .toList();
    }

    private Plan plan(RuleBook book, Forcing forcing, PastOutputs past, String... targets) {
        Planned planned = planner(book, forcing, past, targets).plan();
        if (planned instanceof Planned.Made made) {
            return made.plan();
        }
        throw new AssertionError(PlanText.of(planned));
    }

    private Planner planner(RuleBook book, Forcing forcing, PastOutputs past, String... targets) {
        var all = PlanRequest.Rerun.DEFAULT;
        var rerun =
                new PlanRequest.Rerun(
                        all.triggers(), all.considerAncient(), false, true, all.maxChecksumSize());
        PlanRequest request =
                PlanRequest.of(List.of(targets)).withForcing(forcing).withRerun(rerun);
        return new Planner(book, request, python, disk, past);
    }
}
