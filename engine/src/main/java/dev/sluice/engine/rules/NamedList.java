package dev.sluice.engine.rules;

import java.util.List;

/**
 * Snakemake's {@code Namedlist} as data: items in order, some of them under names. A name covers
 * the half-open range {@code [start, end)}, or exactly one item that is not a list when {@code end}
 * is -1.
 */
public record NamedList<T>(List<T> items, List<Name> names) {
    public record Name(String name, int start, int end) {
        /** Whether the name stands for one item, not for a list. */
        public boolean single() {
            return end < 0;
        }
    }

    public NamedList {
        items = List.copyOf(items);
        names = List.copyOf(names);
    }

    public static <T> NamedList<T> empty() {
        return new NamedList<>(List.of(), List.of());
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }
}
