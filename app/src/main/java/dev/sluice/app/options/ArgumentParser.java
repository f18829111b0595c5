package dev.sluice.app.options;

import dev.sluice.app.console.UsageError;
import dev.sluice.dsl.diagnostic.Spelling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Reads a command line the way Python's argparse reads it, since that is the language Snakemake's
 * users write: options with {@code +} and {@code *} take words up to the next option, long names
 * may be cut short while they stay unique, short switches may be joined. Kinder in two places:
 * targets may stand anywhere, and an option with a fixed set of values takes no other word.
 */
public final class ArgumentParser {
    private static final Pattern NEGATIVE_NUMBER = Pattern.compile("-\\d+(\\.\\d*)?|-\\.\\d+");
    private static final Pattern AMOUNT = Pattern.compile("-?\\d+|all|unlimited");

    private final OptionTable table;
    private final SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> targets = new ArrayList<>();

    private ArgumentParser(OptionTable table) {
        this.table = table;
    }

    /**
     * The words, sorted. Throws a {@link UsageError} that names the word it does not understand.
     */
    public static Arguments parse(OptionTable table, List<String> words) {
        var parser = new ArgumentParser(table);
        parser.read(words);
        return new Arguments(parser.values, parser.targets);
    }

    private void read(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            if (word.equals("--")) {
                targets.addAll(words.subList(at + 1, words.size()));
                return;
            }
            if (!looksLikeOption(word)) {
                targets.add(word);
                at++;
            } else if (word.startsWith("--")) {
                at = readLong(words, at);
            } else {
                at = readShort(words, at);
            }
        }
    }

    private static boolean looksLikeOption(String word) {
        return word.length() > 1
                && word.startsWith("-")
                && !word.contains(" ")
                && !NEGATIVE_NUMBER.matcher(word).matches();
    }

    private int readLong(List<String> words, int at) {
        String word = words.get(at);
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = resolve(name);
        if (equals < 0) {
            return take(option, name, words, at + 1);
        }
        if (!option.takesValue()) {
            throw new UsageError("the option " + name + " takes no value");
        }
        store(option, List.of(checked(option, name, word.substring(equals + 1))));
        return at + 1;
    }

    /** {@code -n}, {@code -npF}, {@code -c4}, {@code -c 4}. */
    private int readShort(List<String> words, int at) {
        String word = words.get(at);
        for (int letter = 1; letter < word.length(); letter++) {
            String name = "-" + word.charAt(letter);
            Option option = table.named(name);
            if (option == null) {
                throw unknown(letter == 1 ? word : name);
            }
            boolean last = letter == word.length() - 1;
            if (!option.takesValue()) {
                store(option, List.of());
            } else if (last) {
                return take(option, name, words, at + 1);
            } else {
                String rest = word.substring(letter + 1);
                String value = rest.startsWith("=") ? rest.substring(1) : rest;
                store(option, List.of(checked(option, name, value)));
                return at + 1;
            }
        }
        return at + 1;
    }

    private int take(Option option, String name, List<String> words, int from) {
        int end = from;
        int most =
                switch (option.arity()) {
                    case SWITCH -> 0;
                    case ONE, OPTIONAL -> 1;
                    case SOME, ANY -> Integer.MAX_VALUE;
                };
        while (end < words.size() && end - from < most && belongs(option, words.get(end))) {
            end++;
        }
        List<String> taken = words.subList(from, end);
        boolean needsOne =
                option.arity() == Option.Arity.ONE || option.arity() == Option.Arity.SOME;
        if (needsOne && taken.isEmpty()) {
            throw new UsageError(
                    "the option " + name + " expects " + option.metavar(),
                    "see `sluice " + table.command() + " --help`");
        }
        store(option, taken.stream().map(value -> checked(option, name, value)).toList());
        return end;
    }

    private static boolean belongs(Option option, String word) {
        if (looksLikeOption(word) || word.equals("--")) {
            return false;
        }
        boolean mayBeAbsent =
                option.arity() == Option.Arity.OPTIONAL || option.arity() == Option.Arity.ANY;
        if (mayBeAbsent && !option.choices().isEmpty()) {
            return option.choices().contains(word);
        }
        boolean amount = option.key().equals("cores") || option.key().equals("jobs");
        return !amount || AMOUNT.matcher(word).matches();
    }

    private static String checked(Option option, String name, String value) {
        if (!option.choices().isEmpty() && !option.choices().contains(value)) {
            throw new UsageError(
                    "the option " + name + " does not know `" + value + "`",
                    "it takes: " + String.join(", ", option.choices()));
        }
        return value;
    }

    /**
     * argparse keeps the last of several; only {@code --profile} adds up. Words of one call stay
     * together.
     */
    private void store(Option option, List<String> words) {
        if (option.key().equals("profile") && values.containsKey("profile")) {
            var both = new ArrayList<>(values.getOrDefault("profile", List.of()));
            both.addAll(words);
            values.put("profile", both);
        } else {
            values.put(option.key(), words);
        }
    }

    private Option resolve(String name) {
        Option exact = table.named(name);
        if (exact != null) {
            return exact;
        }
        List<Option> candidates = name.length() > 2 ? table.startingWith(name) : List.of();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.size() > 1) {
            throw new UsageError(
                    "the option " + name + " could be several",
                    "one of: "
                            + String.join(
                                    ", ",
                                    candidates.stream()
                                            .map(option -> option.names().getFirst())
                                            .toList()));
        }
        throw unknown(name);
    }

    private UsageError unknown(String name) {
        return new UsageError(
                "there is no option " + name,
                Spelling.nearest(name, table.longNames())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("`sluice " + table.command() + " --help` lists them"));
    }
}
