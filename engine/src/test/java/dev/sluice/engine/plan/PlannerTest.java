package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.FakePython.files;
import static dev.sluice.engine.plan.FakePython.needs;
import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.checkpoint;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

class PlannerTest {
    private final FakePython python = new FakePython();
    private final FakeFiles disk = new FakeFiles();

    private Planner planner(RuleBook book, String... targets) {
        return new Planner(book, PlanRequest.of(List.of(targets)), python, disk, PastOutputs.NONE);
    }

    private Plan plan(RuleBook book, String... targets) {
        return made(planner(book, targets));
    }

    private static Plan made(Planner planner) {
        Planned planned = planner.plan();
        if (planned instanceof Planned.Made made) {
            return made.plan();
        }
        throw new AssertionError(PlanText.of(planned));
    }

    private Problem refused(RuleBook book, String... targets) {
        return allRefused(book, targets).getFirst();
    }

    private List<Problem> allRefused(RuleBook book, String... targets) {
        Planned planned = planner(book, targets).plan();
        if (planned instanceof Planned.Refused refused) {
            return refused.problems();
        }
        throw new AssertionError(PlanText.of(planned));
    }

    @Test
    void asksForAllInputsOfAFrontierAtOnce() {
        RuleBook book =
                book(
                        rule("all").in("1.out", "2.out", "3.out"),
                        rule("make")
                                .in(python.function("wildcards", job -> files("in")))
                                .out("{n}.out"));
        disk.with("in", 1);

        assertThat(plan(book).count()).isEqualTo(4);
        assertThat(python.trips).isEqualTo(1);
        assertThat(python.calls).isEqualTo(3);
    }

    @Test
    void plansAChainOfAHundredThousandJobsWithoutRecursion() {
        int length = 100_000;
        RuleBook book =
                book(
                        rule("step")
                                .in(
                                        python.function(
                                                "wildcards",
                                                job ->
                                                        before(
                                                                job.wildcards()
                                                                        .getOrDefault("n", ""))))
                                .out("c{n}.txt")
                                .constrain("n", "\\d+"));
        disk.with("start.txt", 1);

        assertThat(plan(book, "c" + length + ".txt").count()).isEqualTo(length);
    }

    private static dev.sluice.engine.evaluate.Answer before(String number) {
        int n = Integer.parseInt(number);
        return n == 1 ? files("start.txt") : files("c" + (n - 1) + ".txt");
    }

    @Test
    void namesTheRuleAndTheWayToAMissingInput() {
        RuleBook book =
                book(
                        rule("all").in("x.c"),
                        rule("last").in("{s}.b").out("{s}.c"),
                        rule("first").in("{s}.a").out("{s}.b"));
        disk.with("other.a", 1);

        Problem problem = refused(book);

        assertThat(problem.upstream()).isEqualTo("MissingInputException");
        assertThat(problem.message())
                .isEqualTo("rule `first` needs `x.a`, which is not there and which no rule makes");
        assertThat(problem.notes())
                .containsExactly(
                        "    output: x.b",
                        "    wildcards: s=x",
                        "    needed by rule last (s=x)",
                        "    needed by rule all");
    }

    @Test
    void namesTheWholeCircleEvenWhereAnotherRuleIsMissingAnInput() {
        RuleBook book =
                book(
                        rule("all").in("x.a"),
                        rule("lacking").in("nope").out("x.a"),
                        rule("first").in("x.b").out("x.a"),
                        rule("second").in("x.a").out("x.b"));

        assertThat(allRefused(book))
                .filteredOn(problem -> problem.upstream().equals("CyclicGraphException"))
                .first()
                .satisfies(
                        problem ->
                                assertThat(problem.notes())
                                        .contains("    first: x.a", "    second: x.b"));
    }

    @Test
    void hintsAtANameThatIsNear() {
        RuleBook book = book(rule("all").in("smaples.txt", "samples.txt"));
        disk.with("samples.txt", 1);

        assertThat(refused(book).hint()).isEqualTo("did you mean `samples.txt`?");
    }

    @Test
    void keepsTheErrorsOfProducersThatAreNotNeeded() {
        RuleBook book =
                book(
                        rule("all").in("x.out"),
                        rule("good").in("x.in").out("{s}.out"),
                        rule("bad")
                                .in(
                                        python.function(
                                                "wildcards",
                                                job -> FakePython.raises("KeyError", "'x'")))
                                .out("{s}.out"));
        disk.with("x.in", 1);

        assertThat(PlanText.of(plan(book))).contains("good [s=x]").doesNotContain("bad");
    }

    @Test
    void growsWhenACheckpointHasRunAndKeepsTheIdsOfJobs() {
        RuleBook book = splitAndJoin();
        Planner planner = planner(book);
        Plan first = made(planner);
        int split = jobOf(first, "split");
        int join = jobOf(first, "join");
        assertThat(first.job(join).incomplete()).isTrue();
        assertThat(first.needs(join)).containsExactly(split);

        disk.with("parts", 10);
        Replanned.PlanChanged changed = changed(planner, split);

        assertThat(changed.added()).hasSize(2);
        assertThat(changed.rewired()).containsExactly(join);
        assertThat(changed.removed()).isEmpty();
        Plan second = changed.plan();
        assertThat(jobOf(second, "join")).isEqualTo(join);
        assertThat(second.job(join).incomplete()).isFalse();
        assertThat(second.runs(split)).isTrue();
        assertThat(second.needs(join)).hasSize(2).doesNotContain(split);
        assertThat(second.key(join)).isEqualTo(first.key(join));
        assertThat(PlanText.of(second))
                .contains("join: Missing output files: joined; Input files updated by another job:")
                .contains("work [n=1]")
                .contains("work [n=2]");
    }

    private RuleBook splitAndJoin() {
        return book(
                rule("all").in("joined"),
                checkpoint("split").out("parts"),
                rule("work").in("parts").out("work/{n}"),
                rule("join")
                        .in(
                                python.function(
                                        "wildcards",
                                        job ->
                                                python.has("split")
                                                        ? files("work/1", "work/2")
                                                        : needs("split", "parts")))
                        .out("joined"));
    }

    @Test
    void looksBehindACheckpointThatHasNothingToDo() {
        disk.with("parts", 10).with("work/1", 11);

        assertThat(PlanText.of(plan(splitAndJoin())))
                .contains("work [n=2]")
                .doesNotContain("work [n=1]")
                .doesNotContain("split");
    }

    @Test
    void followsOneCheckpointToTheNext() {
        RuleBook book =
                book(
                        rule("all").in("end"),
                        checkpoint("one").out("1"),
                        checkpoint("two").out("2"),
                        rule("end")
                                .in(
                                        python.function(
                                                "wildcards",
                                                job ->
                                                        !python.has("one")
                                                                ? needs("one", "1")
                                                                : python.has("two")
                                                                        ? files("1", "2", "x")
                                                                        : needs("two", "2")))
                                .out("end"),
                        rule("x").out("x"));
        Planner planner = planner(book);
        Plan first = made(planner);
        assertThat(first.counts().keySet()).containsExactly("all", "end", "one");

        disk.with("1", 5);
        Plan second = changed(planner, jobOf(first, "one")).plan();
        assertThat(second.counts().keySet()).contains("two").doesNotContain("x");

        disk.with("2", 6);
        Plan third = changed(planner, jobOf(second, "two"), jobOf(first, "one")).plan();
        assertThat(third.counts().keySet()).contains("x");
        assertThat(third.job(jobOf(third, "end")).incomplete()).isFalse();
    }

    @Test
    void saysWhatIsMissingBehindACheckpoint() {
        RuleBook book =
                book(
                        rule("all").in("end"),
                        checkpoint("one").out("1"),
                        rule("end")
                                .in(
                                        python.function(
                                                "wildcards",
                                                job ->
                                                        python.has("one")
                                                                ? files("nowhere")
                                                                : needs("one", "1")))
                                .out("end"));
        Planner planner = planner(book);
        Plan first = made(planner);
        disk.with("1", 5);

        Replanned replanned = finished(planner, jobOf(first, "one"));

        assertThat(replanned).isInstanceOf(Replanned.Refused.class);
        assertThat(((Replanned.Refused) replanned).problems().getFirst().message())
                .contains("nowhere");
    }

    private static Replanned.PlanChanged changed(Planner planner, int job, int... before) {
        Replanned replanned = finished(planner, job, before);
        if (replanned instanceof Replanned.PlanChanged changed) {
            return changed;
        }
        throw new AssertionError(replanned);
    }

    @Test
    void refusesToOverwriteAProtectedFileBeforeAnythingRuns() {
        RuleBook book =
                book(
                        rule("all").in("first", "last"),
                        rule("first").out("first"),
                        rule("last").in("in").out("last"));
        disk.with("in", 9).withProtected("last", 1);

        Problem problem = refused(book);

        assertThat(problem.upstream()).isEqualTo("ProtectedOutputException");
        assertThat(problem.notes()).containsExactly("    output: last");
        disk.with("in", 0);
        assertThat(plan(book).counts()).doesNotContainKey("last");
    }

    @Test
    void aLinkedOutputIsAsOldAsTheLinkAndALinkedInputAsNewAsItsTarget() {
        RuleBook book = book(rule("a").in("in").out("out"));
        disk.withLink("in", 1, 3).withLink("out", 2, 3);
        assertThat(plan(book).reason(0).text()).contains("Updated input files: in");
        disk.withLink("out", 4, 3);
        assertThat(plan(book).count()).isZero();
    }

    private static Replanned finished(Planner planner, int job, int... before) {
        BitSet finished = new BitSet();
        finished.set(job);
        for (int other : before) {
            finished.set(other);
        }
        return planner.checkpointsFinished(List.of(job), finished, new BitSet());
    }

    static int jobOf(Plan plan, String rule) {
        for (int job : plan.jobs()) {
            if (plan.job(job).rule().name().equals(rule)) {
                return job;
            }
        }
        throw new AssertionError("no job of rule " + rule);
    }
}
