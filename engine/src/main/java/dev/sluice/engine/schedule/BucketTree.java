package dev.sluice.engine.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A tree over slots: at each node the least demand, amount by amount, and the best rank below it.
 */
final class BucketTree {
    static final long NOBODY = Long.MAX_VALUE;

    private final int amounts;
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private int leaves = 4;
    private int used;

    /**
     * Node {@code n}'s demand lies at {@code [n * amounts, (n + 1) * amounts)}; leaves are the last
     * half of the nodes.
     */
    private long[] least;

    private long[] best;

    BucketTree(int amounts) {
        this.amounts = amounts;
        least = filled(2 * leaves * amounts);
        best = filled(2 * leaves);
    }

    int takeSlot() {
        if (!freeSlots.isEmpty()) {
            return freeSlots.removeLast();
        }
        if (used == leaves) {
            grow();
        }
        return used++;
    }

    void freeSlot(int slot) {
        int node = leaves + slot;
        Arrays.fill(least, node * amounts, (node + 1) * amounts, NOBODY);
        best[node] = NOBODY;
        renew(node >> 1);
        freeSlots.addLast(slot);
    }

    void put(int slot, Amounts demand, long rank) {
        int node = leaves + slot;
        for (int i = 0; i < amounts; i++) {
            least[node * amounts + i] = demand.at(i);
        }
        best[node] = rank;
        renew(node >> 1);
    }

    /** The best rank among the slots whose demand fits into {@code free}, or {@link #NOBODY}. */
    long best(Amounts free) {
        return search(1, free, NOBODY);
    }

    private long search(int node, Amounts free, long bound) {
        if (best[node] >= bound || !mayFit(node, free)) {
            return bound;
        }
        if (node >= leaves) {
            return best[node];
        }
        int left = 2 * node;
        int nearer = best[left] <= best[left + 1] ? left : left + 1;
        long found = search(nearer, free, bound);
        return search(nearer ^ 1, free, found);
    }

    private boolean mayFit(int node, Amounts free) {
        for (int i = 0; i < amounts; i++) {
            if (least[node * amounts + i] > free.at(i)) {
                return false;
            }
        }
        return true;
    }

    private void renew(int from) {
        for (int node = from; node >= 1; node >>= 1) {
            join(node);
        }
    }

    private void join(int node) {
        int left = 2 * node;
        int right = left + 1;
        best[node] = Math.min(best[left], best[right]);
        for (int i = 0; i < amounts; i++) {
            least[node * amounts + i] =
                    Math.min(least[left * amounts + i], least[right * amounts + i]);
        }
    }

    private void grow() {
        long[] oldLeast = Arrays.copyOfRange(least, leaves * amounts, 2 * leaves * amounts);
        long[] oldBest = Arrays.copyOfRange(best, leaves, 2 * leaves);
        leaves *= 2;
        least = filled(2 * leaves * amounts);
        best = filled(2 * leaves);
        System.arraycopy(oldLeast, 0, least, leaves * amounts, oldLeast.length);
        System.arraycopy(oldBest, 0, best, leaves, oldBest.length);
        for (int node = leaves - 1; node >= 1; node--) {
            join(node);
        }
    }

    private static long[] filled(int length) {
        long[] array = new long[length];
        Arrays.fill(array, NOBODY);
        return array;
    }
}
