package dev.sluice.app.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The jobs within a few steps of a job, both ways; the nearest first.
 *
 * @param edges between them, by their places in {@code rows}: from what is needed
 * @param truncated there are more than can be shown
 */
record Neighbours(List<Integer> rows, List<GraphLayout.Edge> edges, boolean truncated) {
    Neighbours {
        rows = List.copyOf(rows);
        edges = List.copyOf(edges);
    }

    static Neighbours of(JobRows rows, int job, int hops, int most) {
        SequencedMap<Integer, Integer> places = new LinkedHashMap<>();
        places.put(job, 0);
        boolean truncated = false;
        List<Integer> ring = List.of(job);
        for (int hop = 0; hop < hops && !truncated; hop++) {
            var next = new ArrayList<Integer>();
            for (int from : ring) {
                truncated |= !add(rows, rows.needs(from), places, next, most);
                truncated |= !add(rows, rows.neededBy(from), places, next, most);
            }
            ring = next;
        }
        FewEdges edges = FewEdges.of(edges(rows, places));
        return new Neighbours(
                List.copyOf(places.sequencedKeySet()),
                edges.edges(),
                truncated || edges.truncated());
    }

    /** False where there was no room for all. */
    private static boolean add(
            JobRows rows,
            int[] found,
            SequencedMap<Integer, Integer> places,
            List<Integer> next,
            int most) {
        for (int row : found) {
            if (!rows.isRemoved(row) && !places.containsKey(row)) {
                if (places.size() == most) {
                    return false;
                }
                places.put(row, places.size());
                next.add(row);
            }
        }
        return true;
    }

    private static List<GraphLayout.Edge> edges(
            JobRows rows, SequencedMap<Integer, Integer> places) {
        var edges = new ArrayList<GraphLayout.Edge>();
        places.forEach(
                (row, place) -> {
                    for (int need : rows.needs(row)) {
                        Integer from = places.get(need);
                        if (from != null) {
                            edges.add(new GraphLayout.Edge(from, place));
                        }
                    }
                });
        return edges;
    }
}
