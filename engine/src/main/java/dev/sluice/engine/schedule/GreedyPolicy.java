package dev.sluice.engine.schedule;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The task of the highest priority that fits; among equals the first of the plan. Tasks of the same
 * demand share a bucket, and a tree over the buckets keeps the least demand and the best task below
 * each node: what does not fit is passed over by the thousand.
 */
public final class GreedyPolicy implements Policy {
    private static final int NONE = -1;

    private final Map<Amounts, Bucket> buckets = new HashMap<>();
    private final BucketTree tree;
    private @Nullable Bucket[] bucketOf = new Bucket[16];
    private long[] rankOf = new long[16];
    private int size;

    private static final class Bucket {
        final Amounts demand;
        final int slot;
        final TreeSet<Long> ranks = new TreeSet<>();

        Bucket(Amounts demand, int slot) {
            this.demand = demand;
            this.slot = slot;
        }
    }

    public GreedyPolicy(int amounts) {
        tree = new BucketTree(amounts);
    }

    @Override
    public void add(int task, Amounts demand, int priority) {
        remove(task);
        if (task >= rankOf.length) {
            int length = Math.max(task + 1, rankOf.length * 2);
            rankOf = Arrays.copyOf(rankOf, length);
            bucketOf = Arrays.copyOf(bucketOf, length);
        }
        long rank = rank(task, priority);
        Bucket bucket =
                buckets.computeIfAbsent(demand, wanted -> new Bucket(wanted, tree.takeSlot()));
        bucketOf[task] = bucket;
        rankOf[task] = rank;
        bucket.ranks.add(rank);
        size++;
        if (bucket.ranks.first() == rank) {
            tree.put(bucket.slot, demand, rank);
        }
    }

    @Override
    public void remove(int task) {
        Bucket bucket = task < bucketOf.length ? bucketOf[task] : null;
        if (bucket == null) {
            return;
        }
        boolean wasFirst = bucket.ranks.first() == rankOf[task];
        bucket.ranks.remove(rankOf[task]);
        bucketOf[task] = null;
        size--;
        if (bucket.ranks.isEmpty()) {
            buckets.remove(bucket.demand);
            tree.freeSlot(bucket.slot);
        } else if (wasFirst) {
            tree.put(bucket.slot, bucket.demand, bucket.ranks.first());
        }
    }

    @Override
    public int choose(Amounts free) {
        long rank = tree.best(free);
        return rank == BucketTree.NOBODY ? NONE : (int) rank;
    }

    @Override
    public int size() {
        return size;
    }

    /** Less is better: priority downwards, then the plan's order. The task is the lower half. */
    private static long rank(int task, int priority) {
        return ((long) ~priority << Integer.SIZE) | task;
    }
}
