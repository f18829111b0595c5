package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class InspectionTest {
    private final FakeFiles disk = new FakeFiles().with("x.a", 5).with("x.b", 3).with("x.d", 6);

    private Plan plan() {
        Planned planned =
                new Planner(
                                book(
                                        rule("all").in("x.d", "x.b"),
                                        rule("last").in("{s}.c", "{s}.b").out("{s}.d"),
                                        rule("middle").in("{s}.b").out("temp:{s}.c"),
                                        rule("first").in("{s}.a").out("{s}.b")),
                                PlanRequest.of(List.of()),
                                new FakePython(),
                                disk,
                                PastOutputs.NONE)
                        .plan();
        return ((Planned.Made) planned).plan();
    }

    @Test
    void tellsTheStateOfEachOutput() {
        List<String> rows =
                new Inspection(plan())
                        .summary(disk, PastOutputs.NONE).stream()
                                .map(row -> row.path() + ": " + row.status() + ", " + row.plan())
                                .sorted()
                                .toList();

        assertThat(rows)
                .containsExactly(
                        "x.b: updated input files, update pending",
                        "x.c: removed temp file, update pending",
                        "x.d: ok, update pending");
    }

    @Test
    void reducesTheGraphOfRulesToWhatALongerWayDoesNotSay() {
        RuleGraph graph = new Inspection(plan()).ruleGraph();

        assertThat(graph.rules()).containsExactly("all", "last", "middle", "first");
        assertThat(graph.edges()).hasSize(5);
        assertThat(graph.reduced().edges())
                .containsExactlyInAnyOrder(
                        new RuleGraph.Edge(1, 0),
                        new RuleGraph.Edge(2, 1),
                        new RuleGraph.Edge(3, 2));
        assertThat(graph.layers()).containsExactly(3, 2, 1, 0);
    }

    @Test
    void labelsAJobWithTheWildcardsItBringsIn() {
        Plan plan = plan();
        Inspection inspection = new Inspection(plan);

        assertThat(inspection.newWildcards(PlannerTest.jobOf(plan, "first")))
                .containsEntry("s", "x");
        assertThat(inspection.newWildcards(PlannerTest.jobOf(plan, "last"))).isEmpty();
    }

    @Test
    void listsWhatJobsTouch() {
        assertThat(new Inspection(plan()).usedFiles()).containsExactly("x.a", "x.b", "x.c", "x.d");
    }

    @Test
    void listsOutputsWithNewerInputs() {
        assertThat(new Inspection(plan()).changed(PlanRequest.Trigger.MTIME))
                .containsExactly("x.b");
    }
}
