package dev.sluice.app.options;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The words of a command line, sorted: values by the key of their option, in the order given, and
 * the targets. A switch that was given has an empty list; an option that was not given has none.
 */
public record Arguments(SequencedMap<String, List<String>> values, List<String> targets) {
    public Arguments {
        var copy = new LinkedHashMap<String, List<String>>();
        values.forEach((key, words) -> copy.put(key, List.copyOf(words)));
        values = Collections.unmodifiableSequencedMap(copy);
        targets = List.copyOf(targets);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The words given to an option, none when it was not given. */
    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }

    /** The last word given to an option, or null. */
    public @Nullable String last(String key) {
        List<String> words = all(key);
        return words.isEmpty() ? null : words.getLast();
    }

    public String last(String key, String otherwise) {
        String word = last(key);
        return word == null ? otherwise : word;
    }

    /** The options as words of a command line again, by their long names. */
    public List<String> optionWords() {
        var words = new ArrayList<String>();
        values.forEach(
                (key, given) -> {
                    words.add("--" + key);
                    words.addAll(given);
                });
        return words;
    }

    /** These arguments without some options. */
    public Arguments without(Collection<String> keys) {
        var others = new LinkedHashMap<>(values);
        others.keySet().removeAll(keys);
        return new Arguments(others, targets);
    }

    /**
     * These arguments, and for each option that is absent here what {@code defaults} says: an
     * option wins whole.
     */
    public Arguments over(Arguments defaults) {
        var merged = new LinkedHashMap<>(values);
        defaults.values.forEach(merged::putIfAbsent);
        return new Arguments(merged, targets.isEmpty() ? defaults.targets : targets);
    }
}
