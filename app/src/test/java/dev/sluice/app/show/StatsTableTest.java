package dev.sluice.app.show;

import static dev.sluice.app.show.RuleSketch.book;
import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.Plan;

import org.junit.jupiter.api.Test;

final class StatsTableTest {
    private static final Plan PLAN =
            Plans.plan(
                    book(
                            rule("all").input("z", "b/1", "b/2", "done"),
                            rule("collect_everything").input("b/1", "b/2").output("z").shell("x"),
                            rule("b").input("a/{n}").output("b/{n}").shell("x"),
                            rule("c").input("in").output("a/{n}").shell("x"),
                            rule("d").output("done").shell("x")),
                    new Plans.Files().with("in", 1).with("done", 2));

    @Test
    void countsRulesInTheOrderInWhichTheyCanRun() {
        assertThat(StatsTable.of(PLAN))
                .isEqualTo(
                        """
                        Job stats:
                        job                   count
                        ------------------  -------
                        c                         2
                        b                         2
                        collect_everything        1
                        all                       1
                        total                     6
                        """);
    }

    @Test
    void leavesOutRulesThatHaveNothingToDo() {
        assertThat(StatsTable.counts(PLAN).keySet())
                .containsExactly("c", "b", "collect_everything", "all");
    }
}
