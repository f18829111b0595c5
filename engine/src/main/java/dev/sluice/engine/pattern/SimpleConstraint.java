package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Recognises constraints that need no regular expression: one repeated set of characters, or a
 * choice of words.
 */
final class SimpleConstraint {
    private static final String META = "\\.^$*+?{}[]()|";

    private SimpleConstraint() {}

    /**
     * The piece that does the same as the constraint, or null where only a regular expression does.
     */
    static @Nullable Piece read(int slot, @Nullable String constraint) {
        if (constraint == null || constraint.isEmpty()) {
            return new Piece.Run(slot, CharSet.ANY, 1, Integer.MAX_VALUE);
        }
        Piece run = run(slot, constraint);
        return run != null ? run : words(slot, constraint);
    }

    private static @Nullable Piece run(int slot, String regex) {
        char first = regex.charAt(0);
        if (first == '.') {
            return repeated(slot, CharSet.ANY, regex.substring(1));
        }
        if (first == '[') {
            ClassReader.Read read = ClassReader.read(regex, 0);
            return repeated(slot, read.set(), regex.substring(read.end()));
        }
        if (first == '\\' && regex.length() > 1 && "wWdDsS".indexOf(regex.charAt(1)) >= 0) {
            ClassReader.Read read = ClassReader.read("[" + regex.substring(0, 2) + "]", 0);
            return repeated(slot, read.set(), regex.substring(2));
        }
        return null;
    }

    private static @Nullable Piece repeated(int slot, CharSet set, String quantifier) {
        return switch (quantifier) {
            case "" -> new Piece.Run(slot, set, 1, 1);
            case "+" -> new Piece.Run(slot, set, 1, Integer.MAX_VALUE);
            case "*" -> new Piece.Run(slot, set, 0, Integer.MAX_VALUE);
            default -> counted(slot, set, quantifier);
        };
    }

    private static @Nullable Piece counted(int slot, CharSet set, String quantifier) {
        int length = quantifier.length();
        if (length < 3 || quantifier.charAt(0) != '{' || quantifier.charAt(length - 1) != '}') {
            return null;
        }
        String inside = quantifier.substring(1, length - 1);
        int comma = inside.indexOf(',');
        int least = number(comma < 0 ? inside : inside.substring(0, comma), 0);
        int most = comma < 0 ? least : number(inside.substring(comma + 1), Integer.MAX_VALUE);
        return least < 0 || most < least ? null : new Piece.Run(slot, set, least, most);
    }

    private static int number(String digits, int ifEmpty) {
        if (digits.isEmpty()) {
            return ifEmpty;
        }
        boolean plain = digits.length() < 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : -1;
    }

    private static @Nullable Piece words(int slot, String regex) {
        String inside = regex;
        if (regex.endsWith(")") && regex.startsWith("(")) {
            inside = regex.substring(regex.startsWith("(?:") ? 3 : 1, regex.length() - 1);
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '|') {
                words.add(word.toString());
                word.setLength(0);
            } else if (c == '\\'
                    && i + 1 < inside.length()
                    && isEscapedPunctuation(inside.charAt(i + 1))) {
                i++;
                word.append(inside.charAt(i));
            } else if (META.indexOf(c) >= 0) {
                return null;
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return Piece.Words.of(slot, words);
    }

    private static boolean isEscapedPunctuation(char c) {
        return c < 128 && c > ' ' && !Character.isLetterOrDigit(c);
    }
}
