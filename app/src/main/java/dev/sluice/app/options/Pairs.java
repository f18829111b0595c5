package dev.sluice.app.options;

import dev.sluice.app.console.UsageError;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads words of the form {@code KEY=VALUE}. A later word of the same key wins. */
public final class Pairs {
    private Pairs() {}

    public static SequencedMap<String, String> of(String option, String form, List<String> words) {
        var pairs = new LinkedHashMap<String, String>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw wrong(option, form, word);
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    /** The same with values that are whole numbers, none below zero. */
    public static SequencedMap<String, Integer> numbers(
            String option, String form, List<String> words) {
        var numbers = new LinkedHashMap<String, Integer>();
        of(option, form, words)
                .forEach(
                        (key, value) ->
                                numbers.put(key, Numbers.atLeast(0, option, unquoted(value))));
        return numbers;
    }

    /** {@code RULE:NAME=VALUE}, by rule. */
    public static SequencedMap<String, SequencedMap<String, String>> nested(
            String option, String form, List<String> words) {
        var byRule = new LinkedHashMap<String, SequencedMap<String, String>>();
        for (String word : words) {
            int colon = word.indexOf(':');
            int equals = word.indexOf('=', colon + 1);
            if (colon < 1 || equals < colon + 2) {
                throw wrong(option, form, word);
            }
            byRule.computeIfAbsent(word.substring(0, colon), rule -> new LinkedHashMap<>())
                    .put(word.substring(colon + 1, equals), word.substring(equals + 1));
        }
        return byRule;
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1
                        && ((value.startsWith("'") && value.endsWith("'"))
                                || (value.startsWith("\"") && value.endsWith("\"")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static UsageError wrong(String option, String form, String word) {
        return new UsageError("--" + option + " expects " + form + ", not `" + word + "`");
    }
}
