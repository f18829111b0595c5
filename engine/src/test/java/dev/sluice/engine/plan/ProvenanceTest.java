package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.literal;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A run is planned, its fingerprints are taken as a run would, and something changes. */
class ProvenanceTest {
    private final FakePython python = new FakePython();
    private final FakeFiles disk = new FakeFiles().with("in", 1).with("out", 2);
    private final Map<String, OutputRecord> records = new TreeMap<>();

    private RuleMaker make() {
        return rule("make").in("in").out("out").param(literal(new Value.Int(1)));
    }

    private Planned plan(RuleBook book, PlanRequest request) {
        return new Planner(book, request, python, disk, records::get).plan();
    }

    private Reason reasonNow(RuleMaker maker) {
        return reasonNow(maker, PlanRequest.of(List.of("out")));
    }

    private Reason reasonNow(RuleMaker maker, PlanRequest request) {
        Planned planned = plan(book(maker), request);
        if (planned instanceof Planned.Made made) {
            return made.plan().reason(PlannerTest.jobOf(made.plan(), "make"));
        }
        throw new AssertionError(PlanText.of(planned));
    }

    /** What the run writes when the job has finished. */
    private void remember(RuleMaker maker, boolean incomplete) {
        PlanRequest request = PlanRequest.of(List.of("out"));
        RuleBook book = book(maker);
        Plan plan = ((Planned.Made) plan(book, request)).plan();
        PlannedJob job = plan.job(PlannerTest.jobOf(plan, "make"));
        Evaluation evaluation =
                new JobEvaluation(book, request, python).evaluate(List.of(job), 1).getFirst();
        JobSettings settings = ((Evaluation.Ready) evaluation).settings();
        LinkedHashMap<String, String> checksums = new LinkedHashMap<>();
        checksums.put("in", disk.sha256("in"));
        records.put(
                "out",
                new OutputRecord(
                        "make",
                        incomplete,
                        JobFingerprint.of(settings, "make it", request, disk),
                        checksums,
                        0,
                        0));
    }

    @Test
    void nothingRunsWhenNothingChanged() {
        remember(make(), false);

        assertThat(reasonNow(make())).isEqualTo(Reason.NONE);
    }

    @Test
    void runsWhenTheCommandChanged() {
        remember(make(), false);

        assertThat(reasonNow(make().shell("make better")).text())
                .isEqualTo("Code has changed since last execution");
    }

    @Test
    void runsWhenAParamChangedAndSaysHow() {
        remember(make(), false);

        RuleMaker changed = rule("make").in("in").out("out").param(literal(new Value.Text("two")));

        assertThat(reasonNow(changed).text())
                .isEqualTo(
                        "Params have changed since last execution: Union of exclusive params before"
                                + " and now across all output: before: 1 now: 'two' ");
    }

    @Test
    void ignoresParamsThatDeriveFromTheInput() {
        RuleMaker before =
                rule("make")
                        .in("in")
                        .out("out")
                        .param(
                                new dev.sluice.engine.rules.Setting.Computed(
                                        python.function(
                                                "wildcards input", job -> FakePython.number(1))));
        remember(before, false);
        RuleMaker now =
                rule("make")
                        .in("in")
                        .out("out")
                        .param(
                                new dev.sluice.engine.rules.Setting.Computed(
                                        python.function(
                                                "wildcards input", job -> FakePython.number(2))));

        assertThat(reasonNow(now)).isEqualTo(Reason.NONE);
    }

    @Test
    void runsWhenTheSetOfInputsChanged() {
        remember(make(), false);
        disk.with("more", 1);

        assertThat(reasonNow(make().in("more")).text())
                .isEqualTo("Set of input files has changed since last execution");
    }

    @Test
    void obeysTheChosenTriggers() {
        remember(make(), false);
        PlanRequest onlyTimes =
                PlanRequest.of(List.of("out"))
                        .withRerun(rerun(EnumSet.of(PlanRequest.Trigger.MTIME), false, false));

        assertThat(reasonNow(make().shell("make better"), onlyTimes)).isEqualTo(Reason.NONE);
    }

    @Test
    void aNewerInputWithTheSameContentChangesNothing() {
        remember(make(), false);
        disk.with("in", 9);

        assertThat(reasonNow(make())).isEqualTo(Reason.NONE);
    }

    @Test
    void aNewerInputWithOtherContentRuns() {
        remember(make(), false);
        disk.with("in", 9, "other");

        assertThat(reasonNow(make()).text()).isEqualTo("Updated input files: in");
    }

    @Test
    void refusesOutputsThatWereNotFinished() {
        remember(make(), true);

        Planned planned = plan(book(make()), PlanRequest.of(List.of("out")));

        assertThat(PlanText.of(planned)).isEqualTo("error IncompleteFilesException");
    }

    @Test
    void makesUnfinishedOutputsAgainWhenAskedTo() {
        remember(make(), true);
        PlanRequest again =
                PlanRequest.of(List.of("out"))
                        .withRerun(rerun(EnumSet.allOf(PlanRequest.Trigger.class), false, true));

        assertThat(reasonNow(make(), again).text()).isEqualTo("Forced execution");
    }

    @Test
    void takesUnfinishedOutputsForWholeWhenAskedTo() {
        remember(make(), true);
        PlanRequest ignore =
                PlanRequest.of(List.of("out"))
                        .withRerun(rerun(EnumSet.allOf(PlanRequest.Trigger.class), true, false));

        assertThat(reasonNow(make(), ignore)).isEqualTo(Reason.NONE);
    }

    private static PlanRequest.Rerun rerun(
            Set<PlanRequest.Trigger> triggers, boolean ignore, boolean again) {
        return new PlanRequest.Rerun(triggers, new LinkedHashMap<>(), ignore, again, 1_000_000);
    }
}
