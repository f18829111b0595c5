package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class TasksTest {
    private final FakeFiles disk = new FakeFiles();

    private Plan plan(RuleBook book, PlanRequest request) {
        Planned planned =
                new Planner(book, request, new FakePython(), disk, PastOutputs.NONE).plan();
        if (planned instanceof Planned.Made made) {
            return made.plan();
        }
        throw new AssertionError(((Planned.Refused) planned).problems().getFirst().text());
    }

    private Plan plan(RuleBook book) {
        return plan(book, PlanRequest.of(List.of()));
    }

    private static List<String> rules(Plan plan, List<Integer> jobs) {
        return jobs.stream().map(job -> plan.job(job).rule().name()).sorted().toList();
    }

    private static Task taskOf(Plan plan, String rule) {
        return plan.tasks().get(plan.taskOf(PlannerTest.jobOf(plan, rule)));
    }

    @Test
    void startsBothEndsOfAPipeTogether() {
        Plan plan =
                plan(
                        book(
                                rule("all").in("b"),
                                rule("write").out("pipe:a"),
                                rule("read").in("a").out("b")));

        Task task = taskOf(plan, "read");

        assertThat(task.kind()).isEqualTo(Task.Kind.TOGETHER);
        assertThat(rules(plan, task.jobs())).containsExactly("read", "write");
        assertThat(task.levels()).hasSize(1);
        assertThat(taskOf(plan, "all").needs()).containsExactly(task.id());
    }

    @Test
    void putsConnectedJobsOfAGroupIntoLayersOfOneTask() {
        Plan plan =
                plan(
                        book(
                                rule("all").in("x.c", "y.c"),
                                rule("last").in("{s}.b").out("{s}.c").group("g"),
                                rule("first").out("{s}.b").group("g")));

        Task task = taskOf(plan, "last");

        assertThat(plan.tasks()).hasSize(3);
        assertThat(task.kind()).isEqualTo(Task.Kind.LAYERS);
        assertThat(task.group()).isEqualTo("g");
        assertThat(task.levels()).hasSize(2);
        assertThat(rules(plan, task.levels().getFirst())).containsExactly("first");
    }

    @Test
    void joinsPartsOfAGroupWhereTheUserWantsSeveralInOne() {
        SequencedMap<String, Integer> components = new LinkedHashMap<>();
        components.put("g", 2);
        PlanRequest request =
                PlanRequest.of(List.of())
                        .withGrouping(new PlanRequest.Grouping(new LinkedHashMap<>(), components));

        Plan plan =
                plan(
                        book(
                                rule("all").in("1", "2", "3"),
                                rule("make").out("{s}").constrain("s", "\\d").group("g")),
                        request);

        assertThat(plan.tasks().stream().map(task -> task.jobs().size()).sorted().toList())
                .containsExactly(1, 1, 2);
    }

    @Test
    void refusesAGroupThatWouldWaitForItself() {
        RuleBook book =
                book(
                        rule("all").in("c"),
                        rule("last").in("b", "a").out("c").group("g"),
                        rule("between").in("a").out("b"),
                        rule("first").out("a").group("g"));

        Planned planned =
                new Planner(
                                book,
                                PlanRequest.of(List.of()),
                                new FakePython(),
                                disk,
                                PastOutputs.NONE)
                        .plan();

        assertThat(planned).isInstanceOf(Planned.Refused.class);
        assertThat(((Planned.Refused) planned).problems().getFirst().code())
                .isEqualTo(PlanCode.GROUP_DEPENDS_ON_ITSELF);
    }

    @Test
    void letsATemporaryFileGoWhenItsLastUserIsDone() {
        Plan plan =
                plan(
                        book(
                                rule("all").in("x", "y", "kept"),
                                rule("x").in("t").out("x"),
                                rule("y").in("t").out("y"),
                                rule("t").out("temp:t"),
                                rule("kept").out("temp:kept")));

        assertThat(plan.tempFiles()).hasSize(1);
        TempFile file = plan.tempFiles().getFirst();
        assertThat(file.path()).isEqualTo("t");
        assertThat(rules(plan, file.neededBy())).containsExactly("x", "y");
    }

    @Test
    void letsTemporaryFilesOfTheDefaultTargetGoAndKeepsThoseThatWereNamed() {
        RuleBook book = book(rule("first").out("a", "temp:b"), rule("other").out("c", "temp:d"));
        assertThat(plan(book).tempFiles()).extracting(TempFile::path).containsExactly("b");
        assertThat(plan(book, PlanRequest.of(List.of("first"))).tempFiles()).hasSize(1);
        assertThat(plan(book, PlanRequest.of(List.of("other"))).tempFiles()).isEmpty();
        assertThat(plan(book, PlanRequest.of(List.of("b"))).tempFiles()).isEmpty();
    }

    @Test
    void ordersJobsSoThatEachComesAfterWhatItNeeds() {
        Plan plan =
                plan(
                        book(
                                rule("all").in("c"),
                                rule("c").in("b", "a").out("c"),
                                rule("b").in("a").out("b"),
                                rule("a").out("a")));

        assertThat(plan.layers().stream().map(layer -> rules(plan, layer)).toList())
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("all"));
    }
}
