package dev.sluice.engine.pattern;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One part of a pattern that needs no regular expression. */
sealed interface Piece {

    /** Text that stands for itself. */
    record Literal(String text) implements Piece {}

    /**
     * A wildcard of {@code least} to {@code most} characters of a set; {@code slot} is its place
     * among the wildcards.
     */
    record Run(int slot, CharSet set, int least, int most) implements Piece {}

    /** A wildcard that is one of some words; the earlier word is tried first. */
    record Words(int slot, Map<String, Integer> ranks, List<Integer> lengths) implements Piece {
        static Words of(int slot, List<String> words) {
            Map<String, Integer> ranks = new HashMap<>();
            Set<Integer> lengths = new TreeSet<>();
            for (String word : words) {
                ranks.putIfAbsent(word, ranks.size());
                lengths.add(word.length());
            }
            return new Words(slot, ranks, List.copyOf(lengths));
        }

        Set<String> words() {
            return new HashSet<>(ranks.keySet());
        }
    }

    /** A wildcard that stood before: the same text again. */
    record Again(int slot) implements Piece {}
}
