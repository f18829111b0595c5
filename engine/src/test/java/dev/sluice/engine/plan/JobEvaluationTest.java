package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.FakePython.number;
import static dev.sluice.engine.plan.FakePython.raises;
import static dev.sluice.engine.plan.FakePython.text;
import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.literal;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

class JobEvaluationTest {
    private final FakePython python = new FakePython();
    private PlanRequest request = PlanRequest.of(List.of());

    private Setting function(String arguments, Function<JobArguments, Answer> body) {
        return new Setting.Computed(python.function(arguments, body));
    }

    private static Setting number(int value) {
        return literal(new Value.Int(value));
    }

    private static Setting words(String value) {
        return literal(new Value.Text(value));
    }

    private Evaluation evaluate(RuleMaker maker, int attempt) {
        RuleBook book = book(rule("all").in("x.out"), maker);
        FakeFiles disk = new FakeFiles().with("x.in", 1);
        Planned planned = new Planner(book, request, python, disk, PastOutputs.NONE).plan();
        Plan plan = ((Planned.Made) planned).plan();
        List<PlannedJob> jobs = List.of(plan.job(PlannerTest.jobOf(plan, "make")));
        return new JobEvaluation(book, request, python).evaluate(jobs, attempt).getFirst();
    }

    private JobSettings settings(RuleMaker maker) {
        return ((Evaluation.Ready) evaluate(maker, 1)).settings();
    }

    private static RuleMaker make() {
        return rule("make").in("{s}.in").out("{s}.out");
    }

    @Test
    void showsResourcesInEveryUnit() {
        JobSettings settings =
                settings(
                        make().resource("mem", words("1.5 GB"))
                                .resource("disk_mib", number(1024))
                                .resource("runtime", words("2h"))
                                .resource("gpu", number(1)));

        assertThat(settings.resources())
                .containsEntry("mem_mb", new Value.Int(1500))
                .containsEntry("mem_mib", new Value.Int(1431))
                .containsEntry("mem", new Value.Text("1.5 GB"))
                .containsEntry("disk_mb", new Value.Int(1073))
                .containsEntry("runtime", new Value.Int(120))
                .containsEntry("gpu", new Value.Int(1))
                .containsEntry("tmpdir", new Value.Text("/tmp"));
    }

    @Test
    void evaluatesAgainForEachAttempt() {
        RuleMaker maker =
                make().resource(
                                "mem_mb",
                                function(
                                        "wildcards attempt",
                                        job -> FakePython.number(job.attempt() * 100L)));

        Evaluation second = evaluate(maker, 2);

        assertThat(((Evaluation.Ready) second).settings().resources())
                .containsEntry("mem_mb", new Value.Int(200));
    }

    @Test
    void letsResourcesSeeThreadsAndParamsSeeBoth() {
        List<JobArguments> seen = new ArrayList<>();
        request =
                request.withResourcing(
                        new PlanRequest.Resourcing(
                                4,
                                -1,
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                null));
        JobSettings settings =
                settings(
                        make().threads(number(16))
                                .resource(
                                        "mem_mb",
                                        function(
                                                "wildcards threads",
                                                job ->
                                                        FakePython.number(
                                                                orZero(job.threads()) * 10L)))
                                .param(
                                        function(
                                                "wildcards threads resources",
                                                job -> {
                                                    seen.add(job);
                                                    return text("done");
                                                })));

        assertThat(settings.threads()).isEqualTo(4);
        assertThat(settings.resources()).containsEntry("mem_mb", new Value.Int(40));
        assertThat(seen.getFirst().threads()).isEqualTo(4);
        assertThat(seen.getFirst().resources()).containsEntry("mem_mb", new Value.Int(40));
        assertThat(settings.comparedParams()).isEmpty();
    }

    private static int orZero(@org.jspecify.annotations.Nullable Integer number) {
        return number == null ? 0 : number;
    }

    @Test
    void fillsWildcardsIntoTextsOfParamsAndIntoLists() {
        JobSettings settings =
                settings(
                        make().param(words("--name {s}"))
                                .param(
                                        literal(
                                                new Value.ListOf(
                                                        List.of(
                                                                new Value.Text("{s}"),
                                                                new Value.Int(3))))));

        assertThat(settings.params().items())
                .containsExactly(
                        new Value.Text("--name x"),
                        new Value.ListOf(List.of(new Value.Text("x"), new Value.Int(3))));
    }

    @Test
    void leavesOpenWhatReadsAnInputThatIsNotThere() {
        JobSettings settings =
                settings(
                        make().resource(
                                        "mem_mb",
                                        function("wildcards input", job -> missing("x.in"))));

        assertThat(settings.resources())
                .containsEntry("mem_mb", JobSettings.TO_BE_DETERMINED)
                .containsEntry("mem", JobSettings.TO_BE_DETERMINED);
        assertThat(settings.undetermined()).isTrue();
    }

    private static Answer missing(String path) {
        return new Answer.NeedsFile(
                path, PythonError.of("missing-file", "FileNotFoundError", path));
    }

    @Test
    void saysWhichRuleAndWildcardsAFunctionFailedFor() {
        Evaluation evaluation =
                evaluate(make().param(function("wildcards", job -> raises("KeyError", "'x'"))), 1);

        assertThat(evaluation).isInstanceOf(Evaluation.Failed.class);
        Problem problem = ((Evaluation.Failed) evaluation).problem();
        assertThat(problem.rule()).isEqualTo("make");
        assertThat(problem.text()).contains("KeyError: 'x'").contains("wildcards: s=x");
    }

    @Test
    void refusesWordsForLimitedResources() {
        SequencedMap<String, Long> limits = new LinkedHashMap<>();
        limits.put("foo", 4L);
        request =
                request.withResourcing(
                        new PlanRequest.Resourcing(
                                4,
                                -1,
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                limits,
                                null));

        Evaluation evaluation = evaluate(make().resource("foo", words("bar")), 1);

        assertThat(((Evaluation.Failed) evaluation).problem().code())
                .isEqualTo(PlanCode.RESOURCE_KIND);
        assertThat(evaluate(make().resource("other", words("bar")), 1))
                .isInstanceOf(Evaluation.Ready.class);
    }

    @Test
    void readsResourcesOfAllRulesBeforeItPlans() {
        RuleBook book =
                book(
                        rule("all").in("x.out"),
                        make(),
                        rule("idle").out("y").resource("runtime", words("00:30:00")));
        FakeFiles disk = new FakeFiles().with("x.in", 1);

        Planned planned = new Planner(book, request, python, disk, PastOutputs.NONE).plan();

        Problem problem = ((Planned.Refused) planned).problems().getFirst();
        assertThat(problem.code()).isEqualTo(PlanCode.UNREADABLE_RESOURCE);
        assertThat(problem.rule()).isEqualTo("idle");
    }

    @Test
    void aRuleThatHandsOverGetsAllThereIsUnlessItSaysWhat() {
        SequencedMap<String, Long> limits = new LinkedHashMap<>();
        limits.put("mem_mb", 500L);
        request =
                request.withResourcing(
                        new PlanRequest.Resourcing(
                                4,
                                -1,
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                limits,
                                null));

        JobSettings all = settings(make().handover());
        assertThat(all.threads()).isEqualTo(4);
        assertThat(all.resources()).containsEntry("mem_mb", new Value.Int(500));
        JobSettings some = settings(make().handover().resource("gpu", number(1)));
        assertThat(some.threads()).isEqualTo(1);
        assertThat(some.resources()).doesNotContainKey("mem_mb");
    }

    @Test
    void limitsResourcesToWhatTheUserHas() {
        SequencedMap<String, Long> limits = new LinkedHashMap<>();
        limits.put("mem_mb", 500L);
        request =
                request.withResourcing(
                        new PlanRequest.Resourcing(
                                -1,
                                -1,
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                limits,
                                null));

        assertThat(settings(make().resource("mem_mb", number(2000))).resources())
                .containsEntry("mem_mb", new Value.Int(500));
    }

    @Test
    void formatsTheCommandOfAJob() {
        JobSettings settings = settings(make().shell("cp {input} {output} # {wildcards.s}"));
        RuleBook book = book(make());
        Template template = Template.shell(settings);
        assertThat(template).isNotNull();
        if (template == null) {
            throw new AssertionError("no shell command");
        }

        Formatted formatted =
                new JobEvaluation(book, request, python).format(List.of(template)).getFirst();

        assertThat(formatted).isEqualTo(new Formatted.Text("cp x.in x.out # x"));
    }
}
