package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.rest.GraphLayout.Box;
import dev.sluice.app.rest.GraphLayout.Edge;
import dev.sluice.app.rest.GraphLayout.Shape;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

final class FewEdgesTest {
    /** A hundred jobs, each of which needs each of a hundred others. */
    private static List<Edge> gather() {
        var edges = new ArrayList<Edge>();
        for (int to = 100; to < 200; to++) {
            for (int from = 0; from < 100; from++) {
                edges.add(new Edge(from, to));
            }
        }
        return edges;
    }

    @Test
    void fewEdgesStayAsTheyAre() {
        List<Edge> all = List.of(new Edge(0, 1), new Edge(1, 2));
        FewEdges few = FewEdges.of(all);
        assertThat(few.edges()).isEqualTo(all);
        assertThat(few.truncated()).isFalse();
    }

    @Test
    void ofManyEachNodeKeepsSome() {
        FewEdges few = FewEdges.of(gather());
        assertThat(few.truncated()).isTrue();
        assertThat(few.edges()).hasSize(FewEdges.MOST).doesNotHaveDuplicates();
        assertThat(few.edges().stream().map(Edge::to).distinct()).hasSize(100);
    }

    @Test
    void aGatherOfAHundredByAHundredCanBeDrawn() {
        List<Box> boxes = Collections.nCopies(200, Box.of("gather"));
        var shape = new Shape(boxes, FewEdges.of(gather()).edges());
        assertThat(new GraphLayout().of(shape).lines()).hasSize(FewEdges.MOST);
    }
}
