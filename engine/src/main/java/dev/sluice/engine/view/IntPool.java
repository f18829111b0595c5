package dev.sluice.engine.view;

import java.util.Arrays;

/** A growing row of ints. Owned by one thread. */
final class IntPool {
    private int[] ints = new int[8];
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == ints.length) {
            ints = Arrays.copyOf(ints, size + (size >> 1));
        }
        ints[size++] = value;
    }

    int get(int at) {
        return ints[at];
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(ints, size);
    }
}
