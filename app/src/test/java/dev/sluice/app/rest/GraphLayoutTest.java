package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.rest.GraphLayout.Box;
import dev.sluice.app.rest.GraphLayout.Drawing;
import dev.sluice.app.rest.GraphLayout.Edge;
import dev.sluice.app.rest.GraphLayout.Point;
import dev.sluice.app.rest.GraphLayout.Shape;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Drawings are whole: nothing overlaps, each edge joins its nodes, whatever the graph. */
class GraphLayoutTest {
    private final GraphLayout layout = new GraphLayout();

    /** Each of {@code layers} rules needs all of the layer above and itself now and then. */
    private static Shape layered(int layers, int width) {
        var boxes = new ArrayList<Box>();
        var edges = new ArrayList<Edge>();
        for (int layer = 0; layer < layers; layer++) {
            for (int at = 0; at < width; at++) {
                boxes.add(Box.of("rule_" + layer + "_" + "x".repeat(at)));
                for (int above = 0; layer > 0 && above < width; above++) {
                    edges.add(new Edge((layer - 1) * width + above, layer * width + at));
                }
            }
        }
        return new Shape(boxes, edges);
    }

    private static boolean overlap(Drawing drawing, Shape shape, int a, int b) {
        Point one = drawing.places().get(a);
        Point two = drawing.places().get(b);
        return one.x() < two.x() + shape.nodes().get(b).width()
                && two.x() < one.x() + shape.nodes().get(a).width()
                && one.y() < two.y() + shape.nodes().get(b).height()
                && two.y() < one.y() + shape.nodes().get(a).height();
    }

    private static void assertWhole(Shape shape, Drawing drawing) {
        for (int a = 0; a < shape.nodes().size(); a++) {
            Point place = drawing.places().get(a);
            assertThat(place.x()).isBetween(0.0, drawing.width());
            assertThat(place.y()).isBetween(0.0, drawing.height());
            for (int b = 0; b < a; b++) {
                assertThat(overlap(drawing, shape, a, b)).as(a + " and " + b).isFalse();
            }
        }
        for (int at = 0; at < shape.edges().size(); at++) {
            List<Point> line = drawing.lines().get(at);
            assertTouches(shape, drawing, shape.edges().get(at).from(), line.getFirst());
            assertTouches(shape, drawing, shape.edges().get(at).to(), line.getLast());
        }
    }

    private static void assertTouches(Shape shape, Drawing drawing, int node, Point end) {
        Point place = drawing.places().get(node);
        Box box = shape.nodes().get(node);
        assertThat(end.x()).isBetween(place.x() - 1, place.x() + box.width() + 1);
        assertThat(end.y()).isBetween(place.y() - 1, place.y() + box.height() + 1);
    }

    @Test
    void nodesDoNotOverlapAndEdgesJoinTheirNodes() {
        Shape shape = layered(5, 4);
        Drawing drawing = layout.of(shape);
        assertWhole(shape, drawing);
        for (Edge edge : shape.edges()) {
            assertThat(drawing.places().get(edge.from()).y())
                    .isLessThan(drawing.places().get(edge.to()).y());
        }
    }

    @Test
    void rulesThatNeedThemselvesOrEachOtherAreDrawn() {
        var shape =
                new Shape(
                        List.of(Box.of("a"), Box.of("b"), Box.of("alone")),
                        List.of(new Edge(0, 1), new Edge(1, 0), new Edge(0, 0)));
        assertWhole(shape, layout.of(shape));
    }

    @Test
    void anEmptyGraphIsAnEmptyDrawing() {
        Drawing drawing = layout.of(new Shape(List.of(), List.of()));
        assertThat(drawing.places()).isEmpty();
    }

    @Test
    void threeHundredRulesAreDrawnWhole() {
        Shape shape = layered(60, 5);
        assertThat(shape.nodes()).hasSize(300);
        assertWhole(shape, layout.of(shape));
    }

    @Test
    void theSameShapeIsLaidOutOnceForAllWhoAsk() throws Exception {
        List<Callable<Drawing>> asking = new ArrayList<>();
        for (int each = 0; each < 8; each++) {
            Shape shape = layered(4, 3);
            asking.add(() -> layout.of(shape));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            Drawing first = layout.of(layered(4, 3));
            for (Future<Drawing> drawing : threads.invokeAll(asking)) {
                assertThat(drawing.get()).isSameAs(first);
            }
        }
    }

    @Test
    void aBoxHasRoomForItsTextUpToALimit() {
        assertThat(Box.of("align").width()).isGreaterThanOrEqualTo(80);
        assertThat(Box.of("a".repeat(30)).width()).isGreaterThan(200);
        assertThat(Box.of("a".repeat(1000)).width()).isLessThan(500);
    }
}
