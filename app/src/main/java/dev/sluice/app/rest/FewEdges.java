package dev.sluice.app.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * As many edges as a drawing can hold: where there are more, each node keeps some of those that
 * come to it, in turn, so that none stands alone.
 */
record FewEdges(List<GraphLayout.Edge> edges, boolean truncated) {
    /** A drawing with more is no longer read, and takes ELK minutes. */
    static final int MOST = 600;

    FewEdges {
        edges = List.copyOf(edges);
    }

    static FewEdges of(List<GraphLayout.Edge> all) {
        if (all.size() <= MOST) {
            return new FewEdges(all, false);
        }
        SequencedMap<Integer, List<GraphLayout.Edge>> byTarget = new LinkedHashMap<>();
        for (GraphLayout.Edge edge : all) {
            byTarget.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge);
        }
        List<GraphLayout.Edge> kept = new ArrayList<>();
        for (int round = 0; kept.size() < MOST; round++) {
            for (List<GraphLayout.Edge> into : byTarget.sequencedValues()) {
                if (round < into.size() && kept.size() < MOST) {
                    kept.add(into.get(round));
                }
            }
        }
        return new FewEdges(kept, true);
    }
}
