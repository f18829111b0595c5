package dev.sluice.engine.plan;

import java.util.function.IntConsumer;

/** For each of a growing number of owners a list of ints, kept in three columns. */
final class Links {
    private final Ints head = new Ints();
    private final Ints next = new Ints();
    private final Ints value = new Ints();

    void grow() {
        head.add(-1);
    }

    void add(int owner, int linked) {
        next.add(head.get(owner));
        value.add(linked);
        head.set(owner, value.size() - 1);
    }

    void clear(int owner) {
        head.set(owner, -1);
    }

    void each(int owner, IntConsumer action) {
        for (int link = head.get(owner); link >= 0; link = next.get(link)) {
            action.accept(value.get(link));
        }
    }
}
