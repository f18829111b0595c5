package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.evaluate.Answer;
import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RuleGraphTest {
    private final FakePython python = new FakePython();
    private final FakeFiles disk = new FakeFiles().with("x.a", 5);

    private final RuleBook line =
            book(
                    rule("all").in("x.d", "x.b"),
                    rule("last").in("{s}.c", "{s}.b").out("{s}.d"),
                    rule("middle").in("{s}.b").out("temp:{s}.c"),
                    rule("first").in("{s}.a").out("{s}.b"));

    @Test
    void hasEachRuleOnceInTheOrderOfFirstJobsAndEdgesInTheOrderOfInputs() {
        RuleGraph graph = graph(line);

        assertThat(names(graph)).containsExactly("all", "last", "middle", "first");
        assertThat(edges(graph))
                .containsExactly(
                        "last>all", "first>all", "middle>last", "first>last", "first>middle");
    }

    @Test
    void leavesOutWhatALongerWaySays() {
        assertThat(edges(graph(line).reduced()))
                .containsExactly("last>all", "middle>last", "first>middle");
    }

    @Test
    void layersARuleBehindTheLastThatItNeeds() {
        assertThat(graph(line).layers()).containsExactly(3, 2, 1, 0);
    }

    @Test
    void aRuleWhoseJobsNeedEachOtherHasAnEdgeToItselfInOneLayer() {
        RuleBook book =
                book(
                        rule("all").in("c3"),
                        rule("step").in(python.function("wildcards", this::before)).out("c{n}"));
        RuleGraph graph = graph(book);

        assertThat(edges(graph)).containsExactly("step>all", "step>step");
        assertThat(edges(graph.reduced())).containsExactly("step>all", "step>step");
        assertThat(graph.layers()).containsExactly(1, 0);
    }

    private Answer before(JobArguments arguments) {
        int n = Integer.parseInt(arguments.wildcards().getOrDefault("n", ""));
        return n == 1 ? FakePython.files("x.a") : FakePython.files("c" + (n - 1));
    }

    @Test
    void rulesThatNeedEachOtherShareALayerAndKeepTheirEdges() {
        RuleBook book =
                book(
                        rule("all").in("x.3", "x.start"),
                        rule("even").in("{s}.1").out("{s}.2"),
                        rule("odd").in("{s}.2").out("{s}.3"),
                        rule("one").in("{s}.0").out("{s}.1"),
                        rule("start").in("{s}.a").out("{s}.start"),
                        rule("back").in("{s}.start").out("{s}.0"));
        // Jobs of other samples might lead back: said here by one edge more.
        RuleGraph line = graph(book);
        var circle =
                new RuleGraph(line.rules(), withEdge(line, name(line, "odd"), name(line, "one")));

        assertThat(circle.layers().get(name(line, "odd")))
                .isEqualTo(circle.layers().get(name(line, "one")))
                .isEqualTo(circle.layers().get(name(line, "even")))
                .isEqualTo(2);
        assertThat(circle.layers().get(name(line, "all"))).isEqualTo(3);
        assertThat(edges(circle.reduced()))
                .contains("odd>one", "one>even", "even>odd", "start>back", "back>one")
                .as("by way of the circle")
                .doesNotContain("start>all");
    }

    private static List<RuleGraph.Edge> withEdge(RuleGraph graph, int needed, int user) {
        List<RuleGraph.Edge> edges = new ArrayList<>(graph.edges());
        edges.add(new RuleGraph.Edge(needed, user));
        return edges;
    }

    private static int name(RuleGraph graph, String rule) {
        return names(graph).indexOf(rule);
    }

    private static List<String> names(RuleGraph graph) {
        return graph.rules().stream().map(rule -> rule.name()).toList();
    }

    private static List<String> edges(RuleGraph graph) {
        List<String> names = names(graph);
        return graph.edges().stream()
                .map(edge -> names.get(edge.needed()) + ">" + names.get(edge.user()))
                .toList();
    }

    private RuleGraph graph(RuleBook book) {
        Planned planned =
                new Planner(book, PlanRequest.of(List.of()), python, disk, PastOutputs.NONE).plan();
        if (planned instanceof Planned.Made made) {
            return RuleGraph.of(made.plan());
        }
        throw new AssertionError(PlanText.of(planned));
    }
}
