package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.Wildcards;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Which values a rule's wildcards take for a requested file. */
final class WildcardChoice {
    private static final int REPEATS = 20;

    private WildcardChoice() {}

    /** The same values in the rule's own order, so that equal jobs are equal. */
    static Wildcards canonical(RulePatterns.Compiled rule, Wildcards matched) {
        return matched.names().equals(rule.wildcards()) ? matched : inOrder(rule, matched, matched);
    }

    /**
     * The requesting job's values where they give the requested path too, else those that matched.
     */
    static Wildcards preferred(
            RulePatterns.Compiled rule, Wildcards matched, String path, Wildcards requester) {
        if (!requester.names().containsAll(rule.wildcards())) {
            return matched;
        }
        Wildcards wanted = inOrder(rule, requester, matched);
        if (wanted.equals(matched)) {
            return matched;
        }
        for (FilePattern product : rule.products()) {
            if (product.fits(path, wanted)) {
                return wanted;
            }
        }
        return matched;
    }

    private static Wildcards inOrder(
            RulePatterns.Compiled rule, Wildcards values, Wildcards otherwise) {
        List<String> ordered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String name : rule.wildcards()) {
            @Nullable String value = values.get(name);
            if (value == null) {
                value = otherwise.get(name);
            }
            if (value != null) {
                names.add(name);
                ordered.add(value);
            }
        }
        return new Wildcards(names, ordered);
    }

    /**
     * The text that repeats at the end of a wildcard's value often enough to betray endless growth,
     * or null.
     */
    static @Nullable String periodic(Wildcards wildcards) {
        for (String value : wildcards.values()) {
            for (int length = 1; length * REPEATS <= value.length(); length++) {
                if (repeats(value, length)) {
                    return value.substring(value.length() - length);
                }
            }
        }
        return null;
    }

    private static boolean repeats(String value, int length) {
        int start = value.length() - length;
        for (int repeat = 1; repeat < REPEATS; repeat++) {
            if (!value.regionMatches(start - repeat * length, value, start, length)) {
                return false;
            }
        }
        return true;
    }
}
