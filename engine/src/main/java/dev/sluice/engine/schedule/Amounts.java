package dev.sluice.engine.schedule;

import java.util.Arrays;

/**
 * Amounts of each bounded resource, in the order that {@link Capacity} gives them. Never changes.
 */
public final class Amounts {
    private final long[] values;

    private Amounts(long[] values) {
        this.values = values;
    }

    public static Amounts of(long... values) {
        return new Amounts(values.clone());
    }

    int size() {
        return values.length;
    }

    long at(int index) {
        return values[index];
    }

    boolean fitsInto(Amounts free) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] > free.values[i]) {
                return false;
            }
        }
        return true;
    }

    Amounts plus(Amounts other) {
        long[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return new Amounts(sum);
    }

    Amounts minus(Amounts other) {
        long[] rest = values.clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] -= other.values[i];
        }
        return new Amounts(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts amounts && Arrays.equals(values, amounts.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
