package dev.sluice.engine.plan;

import java.util.Arrays;

/**
 * Edges between jobs as two int arrays: the ends of node {@code n} lie at {@code [start[n], start[n
 * + 1])}.
 */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared or changed.
record Edges(int[] start, int[] ends) {
    int[] of(int node) {
        return Arrays.copyOfRange(ends, start[node], start[node + 1]);
    }

    int degree(int node) {
        return start[node + 1] - start[node];
    }

    /** From the ends of each node. */
    static Edges of(int[][] endsOfNode) {
        int[] start = new int[endsOfNode.length + 1];
        for (int node = 0; node < endsOfNode.length; node++) {
            start[node + 1] = start[node] + endsOfNode[node].length;
        }
        int[] ends = new int[start[endsOfNode.length]];
        for (int node = 0; node < endsOfNode.length; node++) {
            System.arraycopy(endsOfNode[node], 0, ends, start[node], endsOfNode[node].length);
        }
        return new Edges(start, ends);
    }

    /** The same edges the other way round; ends in ascending order. */
    Edges reversed() {
        int nodes = start.length - 1;
        int[] reversedStart = new int[nodes + 1];
        for (int end : ends) {
            reversedStart[end + 1]++;
        }
        for (int node = 0; node < nodes; node++) {
            reversedStart[node + 1] += reversedStart[node];
        }
        int[] next = reversedStart.clone();
        int[] reversedEnds = new int[ends.length];
        for (int node = 0; node < nodes; node++) {
            for (int edge = start[node]; edge < start[node + 1]; edge++) {
                reversedEnds[next[ends[edge]]++] = node;
            }
        }
        return new Edges(reversedStart, reversedEnds);
    }
}
