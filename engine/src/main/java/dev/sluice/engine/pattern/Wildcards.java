package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Wildcard values under their names, in the order in which the pattern that matched names them. */
public record Wildcards(List<String> names, List<String> values) {
    public static final Wildcards NONE = new Wildcards(List.of(), List.of());

    public Wildcards {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names + " do not fit " + values);
        }
    }

    // A record's own methods are put together when they are first called, which a start feels.
    @Override
    public int hashCode() {
        return 31 * names.hashCode() + values.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Wildcards(List<String> otherNames, List<String> otherValues)
                && values.equals(otherValues)
                && names.equals(otherNames);
    }

    public static Wildcards of(SequencedMap<String, String> values) {
        return values.isEmpty()
                ? NONE
                : new Wildcards(new ArrayList<>(values.keySet()), new ArrayList<>(values.values()));
    }

    public @Nullable String get(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public SequencedMap<String, String> toMap() {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }

    /**
     * Characters of all values together: of several patterns of one rule, the one with fewest wins.
     */
    public int totalLength() {
        int length = 0;
        for (String value : values) {
            length += value.codePointCount(0, value.length());
        }
        return length;
    }

    /** {@code k=v,k2=v2} by name, as a message writes {@code {wildcards}}. */
    public String text() {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(toMap()).forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join(",", pairs);
    }
}
