package dev.sluice.app.rest;

import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lays graphs out by ELK, from top to bottom with edges in right angles. Remembers the last ones by
 * their shape. Lays out one at a time; from any thread.
 */
final class GraphLayout {
    private static final int REMEMBERED = 32;
    private static final int SPACE = 28;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final Semaphore atWork = new Semaphore(1, true);

    /** Above it ELK is asked to be quick rather than thorough. */
    private static final int MANY_EDGES = 400;

    private final Map<Shape, Drawing> drawings =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Shape, Drawing> eldest) {
                    return size() > REMEMBERED;
                }
            };

    GraphLayout() {
        LayoutMetaDataService.getInstance()
                .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** How large a node is to be. */
    record Box(int width, int height) {
        private static final int LEAST_WIDTH = 96;
        private static final int MOST_WIDTH = 440;
        private static final int HEIGHT = 44;
        private static final double OF_A_LETTER = 7.4;
        private static final int MARGIN = 28;

        /** With room for a text; of one that is very long, for a part. */
        static Box of(String text) {
            int letters = text.codePointCount(0, text.length());
            int wanted = (int) Math.ceil(letters * OF_A_LETTER) + MARGIN;
            return new Box(Math.clamp(wanted, LEAST_WIDTH, MOST_WIDTH), HEIGHT);
        }
    }

    /** From one node to another, by their places in the list. */
    record Edge(int from, int to) {}

    record Shape(List<Box> nodes, List<Edge> edges) {
        Shape {
            nodes = List.copyOf(nodes);
            edges = List.copyOf(edges);
        }
    }

    record Point(double x, double y) {}

    /**
     * Where all is, in the order of the shape's nodes and edges.
     *
     * @param places of the upper left corners
     * @param lines of each edge, from its source to its target
     */
    record Drawing(double width, double height, List<Point> places, List<List<Point>> lines) {
        Drawing {
            places = List.copyOf(places);
            lines = List.copyOf(lines);
        }
    }

    /**
     * @throws Problem where it takes too long, or too many others are being drawn
     */
    Drawing of(Shape shape) {
        Drawing known = known(shape);
        if (known != null) {
            return known;
        }
        try {
            if (!atWork.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooLong();
        }
        try {
            // Perhaps it was just drawn for somebody else.
            Drawing meanwhile = known(shape);
            Drawing drawing = meanwhile == null ? draw(shape) : meanwhile;
            synchronized (drawings) {
                drawings.put(shape, drawing);
            }
            return drawing;
        } finally {
            atWork.release();
        }
    }

    private @Nullable Drawing known(Shape shape) {
        synchronized (drawings) {
            return drawings.get(shape);
        }
    }

    private static Problem tooLong() {
        return Problem.busy("drawing this graph takes too long");
    }

    /** Told by ELK between its steps. */
    private static final class Deadline extends BasicProgressMonitor {
        private final long until = System.nanoTime() + PATIENCE.toNanos();

        @Override
        public boolean isCanceled() {
            return System.nanoTime() > until;
        }
    }

    private static Drawing draw(Shape shape) {
        ElkNode graph = graph(shape.edges().size() > MANY_EDGES);
        var nodes = new ArrayList<ElkNode>();
        for (Box box : shape.nodes()) {
            ElkNode node = ElkGraphUtil.createNode(graph);
            node.setDimensions(box.width(), box.height());
            nodes.add(node);
        }
        var edges = new ArrayList<ElkEdge>();
        for (Edge edge : shape.edges()) {
            edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(edge.from()), nodes.get(edge.to())));
        }
        var deadline = new Deadline();
        new RecursiveGraphLayoutEngine().layout(graph, deadline);
        if (deadline.isCanceled()) {
            throw tooLong();
        }
        return new Drawing(
                rounded(graph.getWidth()),
                rounded(graph.getHeight()),
                nodes.stream()
                        .map(node -> new Point(rounded(node.getX()), rounded(node.getY())))
                        .toList(),
                edges.stream().map(GraphLayout::line).toList());
    }

    private static ElkNode graph(boolean quick) {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(CoreOptions.PADDING, new ElkPadding(12));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, (double) SPACE);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 1.5 * SPACE);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        if (quick) {
            graph.setProperty(LayeredOptions.THOROUGHNESS, 2);
        }
        return graph;
    }

    private static List<Point> line(ElkEdge edge) {
        var points = new ArrayList<Point>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(point(section.getStartX(), section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                points.add(point(bend.getX(), bend.getY()));
            }
            points.add(point(section.getEndX(), section.getEndY()));
        }
        return List.copyOf(points);
    }

    private static Point point(double x, double y) {
        return new Point(rounded(x), rounded(y));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
