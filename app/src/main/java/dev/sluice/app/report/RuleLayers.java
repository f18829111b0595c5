package dev.sluice.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Rules in layers, each below those it needs, with edges in right angles. Simpler than what the
 * controller draws with, so that a report loads no library for it; where rules need one another in
 * a circle, some edges lead upwards.
 */
final class RuleLayers {
    private static final int HEIGHT = 44;
    private static final int GAP = 28;
    private static final int LAYER_GAP = 44;
    private static final int MARGIN = 12;
    private static final int BEND_WIDTH = 8;
    private static final int SWEEPS = 8;

    /** From a rule to one that needs it, by their numbers. */
    record Edge(int from, int to) {}

    record Point(double x, double y) {}

    record Box(double x, double y, double width, double height) {}

    /** In the order of the names and the edges. */
    record Drawing(double width, double height, List<Box> boxes, List<List<Point>> lines) {}

    /** A rule, or a bend of an edge in a layer that it crosses. */
    private static final class Node {
        final int layer;
        final double width;
        final List<Node> above = new ArrayList<>();
        final List<Node> below = new ArrayList<>();
        double place;
        double x;

        Node(int layer, double width) {
            this.layer = layer;
            this.width = width;
        }

        double middle() {
            return x + width / 2;
        }
    }

    private final List<List<Node>> layers = new ArrayList<>();

    private RuleLayers() {}

    static Drawing draw(List<String> names, Set<Edge> edges) {
        return new RuleLayers().drawn(names, List.copyOf(edges));
    }

    private Drawing drawn(List<String> names, List<Edge> edges) {
        int[] layerOf = layers(names.size(), edges);
        List<Node> nodes = new ArrayList<>();
        for (int rule = 0; rule < names.size(); rule++) {
            nodes.add(add(layerOf[rule], width(names.get(rule))));
        }
        List<List<Node>> chains = new ArrayList<>();
        for (Edge edge : edges) {
            chains.add(chain(nodes.get(edge.from()), nodes.get(edge.to())));
        }
        order();
        double width = place();
        List<Box> boxes =
                nodes.stream().map(node -> new Box(node.x, top(node), node.width, HEIGHT)).toList();
        return new Drawing(
                width,
                2.0 * MARGIN + layers.size() * (HEIGHT + LAYER_GAP) - LAYER_GAP,
                boxes,
                chains.stream().map(RuleLayers::line).toList());
    }

    private Node add(int layer, double width) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        var node = new Node(layer, width);
        node.place = layers.get(layer).size();
        layers.get(layer).add(node);
        return node;
    }

    private static double width(String name) {
        return Math.clamp(28 + Math.round(7.4 * name.codePointCount(0, name.length())), 96, 440);
    }

    /** Each rule one below the lowest it needs; a circle is cut at its first rule. */
    private static int[] layers(int rules, List<Edge> edges) {
        int[] layer = new int[rules];
        int[] open = new int[rules];
        boolean[] placed = new boolean[rules];
        edges.forEach(edge -> open[edge.to()] += edge.from() == edge.to() ? 0 : 1);
        for (int left = rules; left > 0; left--) {
            int next = -1;
            for (int rule = 0; rule < rules && (next < 0 || open[next] > 0); rule++) {
                if (!placed[rule] && (next < 0 || open[rule] == 0)) {
                    next = rule;
                }
            }
            placed[next] = true;
            for (Edge edge : edges) {
                if (edge.from() == next && !placed[edge.to()]) {
                    open[edge.to()]--;
                    layer[edge.to()] = Math.max(layer[edge.to()], layer[next] + 1);
                }
            }
        }
        return layer;
    }

    /** The nodes of an edge, from its rule to the one that needs it. */
    private List<Node> chain(Node from, Node to) {
        if (from.layer > to.layer) {
            return chain(to, from).reversed();
        }
        var chain = new ArrayList<>(List.of(from));
        Node last = from;
        for (int layer = from.layer + 1; layer < to.layer; layer++) {
            Node bend = add(layer, BEND_WIDTH);
            join(last, bend);
            chain.add(bend);
            last = bend;
        }
        if (from.layer < to.layer) {
            join(last, to);
        }
        chain.add(to);
        return chain;
    }

    private static void join(Node above, Node below) {
        above.below.add(below);
        below.above.add(above);
    }

    /** Nodes stand where those that they are joined to do, in the middle. */
    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Node> layer : down ? layers : layers.reversed()) {
                for (Node node : layer) {
                    List<Node> near = down ? node.above : node.below;
                    node.place =
                            near.stream()
                                    .mapToDouble(each -> each.place)
                                    .average()
                                    .orElse(node.place);
                }
                layer.sort(Comparator.comparingDouble(node -> node.place));
                for (int at = 0; at < layer.size(); at++) {
                    layer.get(at).place = at - (layer.size() - 1) / 2.0;
                }
            }
        }
    }

    /** The layers side by side around one middle; the width of all. */
    private double place() {
        double[] widths = new double[layers.size()];
        for (int at = 0; at < widths.length; at++) {
            widths[at] = layers.get(at).stream().mapToDouble(node -> node.width + GAP).sum() - GAP;
        }
        double widest = Arrays.stream(widths).max().orElse(0);
        for (int at = 0; at < widths.length; at++) {
            double x = MARGIN + (widest - widths[at]) / 2;
            for (Node node : layers.get(at)) {
                node.x = Math.round(x);
                x += node.width + GAP;
            }
        }
        return widest + 2 * MARGIN;
    }

    private static double top(Node node) {
        return MARGIN + (double) node.layer * (HEIGHT + LAYER_GAP);
    }

    private static List<Point> line(List<Node> chain) {
        boolean down = chain.getFirst().layer <= chain.getLast().layer;
        List<Node> nodes = down ? chain : chain.reversed();
        List<Point> points = new ArrayList<>();
        for (int at = 1; at < nodes.size(); at++) {
            Node above = nodes.get(at - 1);
            Node below = nodes.get(at);
            double between = top(below) - LAYER_GAP / 2.0;
            points.add(new Point(above.middle(), top(above) + HEIGHT));
            if (above.middle() != below.middle()) {
                points.add(new Point(above.middle(), between));
                points.add(new Point(below.middle(), between));
            }
            points.add(new Point(below.middle(), top(below)));
        }
        return down ? points : points.reversed();
    }
}
