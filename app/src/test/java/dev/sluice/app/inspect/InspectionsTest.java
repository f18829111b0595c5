package dev.sluice.app.inspect;

import static dev.sluice.app.show.RuleSketch.book;
import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.inspect.Inspections.Format;
import dev.sluice.app.show.Plans;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;

/** The expected graphs are those of Snakemake 9.25.2 for the same rules. */
final class InspectionsTest {
    private static final RuleBook BOOK =
            book(
                    rule("all")
                            .input("report", "tables/1", "tables/2")
                            .docstring("\n  Makes it\n  all.\n "),
                    rule("table").input("raw", "list").output("tables/{n}").shell("x"),
                    rule("report").input("tables/2", "list").output("report").shell("x"),
                    rule("list").output("list").shell("x").docstring("Lists."),
                    rule("unused").output("never").shell("x"));

    private static final Plan PLAN =
            Plans.plan(BOOK, new Plans.Files().with("raw", 1).with("list", 2).with("tables/1", 3));

    @Test
    void listsRulesByNameWithTheirDocstrings() {
        assertThat(Inspections.ruleList(BOOK))
                .isEqualTo("all (Makes it\n  all.)\nlist (Lists.)\nreport\ntable\nunused\n");
    }

    @Test
    void listsAsTargetsOnlyRulesWithoutWildcards() {
        assertThat(Inspections.targetRuleList(BOOK))
                .isEqualTo("all (Makes it\n  all.)\nlist (Lists.)\nreport\nunused\n");
    }

    @Test
    void drawsJobsInTheOrderInWhichTheyWereNeeded() {
        assertThat(Inspections.dag(BOOK, PLAN, Format.MERMAID))
                .isEqualTo(
                        """
                        ---
                        title: DAG
                        ---
                        flowchart TB
                        \tid0[all]
                        \tid1[report]
                        \tid2[table - n: 2]
                        \tid3[list]
                        \tid4[table - n: 1]
                        \tstyle id0 fill:#D95757,stroke-width:2px,color:#333333
                        \tstyle id1 fill:#8BD957,stroke-width:2px,color:#333333
                        \tstyle id2 fill:#57D98B,stroke-width:2px,color:#333333
                        \tstyle id3 fill:#D9BF57,stroke-width:2px,color:#333333,stroke-dasharray: 5 5
                        \tstyle id4 fill:#57D98B,stroke-width:2px,color:#333333,stroke-dasharray: 5 5
                        \tid1 --> id0
                        \tid4 --> id0
                        \tid2 --> id0
                        \tid2 --> id1
                        \tid3 --> id1
                        \tid3 --> id2
                        \tid3 --> id4
                        """);
    }

    @Test
    void namesAWildcardOnlyWhereItIsNew() {
        RuleBook book =
                book(
                        rule("all").input("b/7"),
                        rule("b").input("a/{n}").output("b/{n}").shell("x"),
                        rule("a").output("a/{n}").shell("x"));
        assertThat(Inspections.dag(book, Plans.plan(book, new Plans.Files()), Format.DOT))
                .contains("label = \"b\"")
                .contains("label = \"a\\nn: 7\"");
    }

    @Test
    void drawsEachRuleOnceAndNothingDashed() {
        String graph = Inspections.ruleGraph(BOOK, PLAN, Format.DOT);
        assertThat(graph.lines().filter(line -> line.contains("label")))
                .hasSize(4)
                .noneMatch(line -> line.contains("dashed"));
        assertThat(graph.lines().filter(line -> line.contains("->")))
                .containsExactly("\t1 -> 0", "\t2 -> 0", "\t2 -> 1", "\t3 -> 1", "\t3 -> 2");
    }

    @Test
    void drawsTheFilePatternsOfRules() {
        assertThat(Inspections.fileGraph(BOOK, PLAN))
                .contains("<b><font point-size=\"18\">table</font></b>")
                .contains("tables/{n}")
                .contains("\t3 -> 2\n")
                .doesNotContain("never");
    }

    @Test
    void takesTheOptionAloneForDot() {
        assertThat(Format.of(null)).isEqualTo(Format.DOT);
        assertThat(Format.of("dot")).isEqualTo(Format.DOT);
        assertThat(Format.of("mermaid-js")).isEqualTo(Format.MERMAID);
    }
}
