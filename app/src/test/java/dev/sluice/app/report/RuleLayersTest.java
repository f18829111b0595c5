package dev.sluice.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.report.RuleLayers.Box;
import dev.sluice.app.report.RuleLayers.Drawing;
import dev.sluice.app.report.RuleLayers.Edge;
import dev.sluice.app.report.RuleLayers.Point;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class RuleLayersTest {
    @Test
    void whatIsNeededStandsAboveAndNoBoxesOverlap() {
        var random = new Random(7);
        for (int run = 0; run < 50; run++) {
            List<String> names = names(2 + random.nextInt(40));
            Set<Edge> edges = new LinkedHashSet<>();
            for (int i = 0; i < 2 * names.size(); i++) {
                int from = random.nextInt(names.size());
                int to = random.nextInt(names.size());
                if (from < to) {
                    edges.add(new Edge(from, to));
                }
            }
            Drawing drawing = RuleLayers.draw(names, edges);
            for (Edge edge : edges) {
                assertThat(drawing.boxes().get(edge.from()).y())
                        .isLessThan(drawing.boxes().get(edge.to()).y());
            }
            apart(drawing);
            joined(drawing, List.copyOf(edges));
        }
    }

    @Test
    void rulesThatNeedOneAnotherInACircleAreDrawn() {
        Set<Edge> edges =
                new LinkedHashSet<>(List.of(new Edge(0, 1), new Edge(1, 2), new Edge(2, 0)));

        Drawing drawing = RuleLayers.draw(names(3), edges);

        apart(drawing);
        joined(drawing, List.copyOf(edges));
    }

    @Test
    void noRuleIsAnEmptyDrawing() {
        assertThat(RuleLayers.draw(List.of(), Set.of()).boxes()).isEmpty();
    }

    private static List<String> names(int count) {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add("rule_" + "x".repeat(i % 30));
        }
        return names;
    }

    private static void apart(Drawing drawing) {
        for (Box one : drawing.boxes()) {
            assertThat(one.x()).isNotNegative();
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(drawing.width() + 1);
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(drawing.height());
            for (Box other : drawing.boxes()) {
                assertThat(
                                one.equals(other)
                                        || one.y() != other.y()
                                        || one.x() + one.width() < other.x()
                                        || other.x() + other.width() < one.x())
                        .isTrue();
            }
        }
    }

    /** Each line begins at the one rule and ends at the other. */
    private static void joined(Drawing drawing, List<Edge> edges) {
        for (int at = 0; at < edges.size(); at++) {
            List<Point> line = drawing.lines().get(at);
            assertThat(touches(drawing.boxes().get(edges.get(at).from()), line.getFirst()))
                    .isTrue();
            assertThat(touches(drawing.boxes().get(edges.get(at).to()), line.getLast())).isTrue();
        }
    }

    private static boolean touches(Box box, Point point) {
        return point.x() >= box.x()
                && point.x() <= box.x() + box.width()
                && (point.y() == box.y() || point.y() == box.y() + box.height());
    }
}
