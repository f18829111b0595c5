package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which rules can make a path, by the literal beginnings and ends of their patterns: the
 * others are never tried. Answers come in the order of the rules. Immutable once built.
 */
public final class OutputIndex {
    private final Map<String, List<Entry>> constant;
    private final PrefixTree<PrefixTree<List<Entry>>> byPrefix;

    private OutputIndex(
            Map<String, List<Entry>> constant, PrefixTree<PrefixTree<List<Entry>>> byPrefix) {
        this.constant = constant;
        this.byPrefix = byPrefix;
    }

    /** A pattern that matches, the rule it belongs to, and the wildcards with which it does. */
    public record Match(int rule, FilePattern pattern, Wildcards wildcards) {}

    private record Entry(int sequence, int rule, FilePattern pattern) {}

    /** Takes the patterns in the order in which answers shall come. */
    public static final class Builder {
        private final Map<String, List<Entry>> constant = new HashMap<>();
        private final PrefixTree<PrefixTree<List<Entry>>> byPrefix = new PrefixTree<>(false);
        private int count;

        public Builder add(int rule, FilePattern pattern) {
            Entry entry = new Entry(count++, rule, pattern);
            if (pattern.hasWildcards()) {
                bySuffix(pattern.prefix(), pattern.suffix()).add(entry);
            } else {
                constant.computeIfAbsent(pattern.text(), key -> new ArrayList<>()).add(entry);
            }
            return this;
        }

        private List<Entry> bySuffix(String prefix, String suffix) {
            PrefixTree<List<Entry>> bySuffix = byPrefix.get(prefix);
            if (bySuffix == null) {
                bySuffix = new PrefixTree<>(true);
                byPrefix.put(prefix, bySuffix);
            }
            List<Entry> entries = bySuffix.get(suffix);
            if (entries == null) {
                entries = new ArrayList<>();
                bySuffix.put(suffix, entries);
            }
            return entries;
        }

        public OutputIndex build() {
            return new OutputIndex(constant, byPrefix);
        }
    }

    /**
     * Every pattern that matches, by rule and then in the order in which the rule's patterns were
     * added.
     */
    public List<Match> matches(String path) {
        List<Entry> candidates = candidates(path);
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Match> matches = new ArrayList<>(candidates.size());
        for (Entry entry : candidates) {
            Wildcards wildcards = entry.pattern.match(path);
            if (wildcards != null) {
                matches.add(new Match(entry.rule, entry.pattern, wildcards));
            }
        }
        return matches;
    }

    /**
     * One match per rule: the one with the fewest characters in its wildcards, the first of those
     * that tie.
     */
    public List<Match> producers(String path) {
        List<Match> producers = new ArrayList<>();
        for (Match match : matches(path)) {
            Match last = producers.isEmpty() ? null : producers.getLast();
            if (last == null || last.rule != match.rule) {
                producers.add(match);
            } else if (match.wildcards.totalLength() < last.wildcards.totalLength()) {
                producers.set(producers.size() - 1, match);
            }
        }
        return producers;
    }

    private List<Entry> candidates(String path) {
        List<Entry> found = new ArrayList<>();
        byPrefix.forEach(path, bySuffix -> bySuffix.forEach(path, found::addAll));
        @Nullable List<Entry> exact = constant.get(path);
        if (exact != null) {
            found.addAll(exact);
        }
        if (found.size() > 1) {
            found.sort(Comparator.comparingInt(Entry::rule).thenComparingInt(Entry::sequence));
        }
        return found;
    }
}
