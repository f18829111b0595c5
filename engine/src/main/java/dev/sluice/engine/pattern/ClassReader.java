package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads one {@code [...]} of a Python regular expression, both as Java writes it and as a set to
 * ask.
 */
final class ClassReader {
    /**
     * The class as Java's engine reads it, the same class as a set, and the offset behind its
     * bracket.
     */
    record Read(String java, CharSet set, int end) {}

    /** A single character ({@code code}), or a category such as {@code \w} ({@code code} is -1). */
    private record Element(int code, String java, IntPredicate accepts) {}

    private final String regex;
    private int at;
    private final StringBuilder java = new StringBuilder("[");
    private final List<IntPredicate> accepts = new ArrayList<>();

    private ClassReader(String regex, int bracket) {
        this.regex = regex;
        this.at = bracket + 1;
    }

    static Read read(String regex, int bracket) {
        return new ClassReader(regex, bracket).read();
    }

    private Read read() {
        boolean negated = at < regex.length() && regex.charAt(at) == '^';
        if (negated) {
            at++;
            java.append('^');
        }
        int first = at;
        while (true) {
            if (at >= regex.length()) {
                throw new BadPattern("unterminated character set in '" + regex + "'");
            }
            if (regex.charAt(at) == ']' && at > first) {
                break;
            }
            item();
        }
        at++;
        return new Read(java.append(']').toString(), CharSet.union(accepts, negated), at);
    }

    private void item() {
        Element from = element();
        if (!isRange()) {
            java.append(from.java);
            accepts.add(from.accepts);
            return;
        }
        at++;
        Element to = element();
        if (from.code < 0 || to.code < 0 || from.code > to.code) {
            throw new BadPattern("bad character range in '" + regex + "'");
        }
        java.append(from.java).append('-').append(to.java);
        int low = from.code;
        int high = to.code;
        accepts.add(c -> c >= low && c <= high);
    }

    private boolean isRange() {
        return at + 1 < regex.length() && regex.charAt(at) == '-' && regex.charAt(at + 1) != ']';
    }

    private Element element() {
        if (at >= regex.length()) {
            throw new BadPattern("unterminated character set in '" + regex + "'");
        }
        int c = regex.codePointAt(at);
        if (c != '\\') {
            at += Character.charCount(c);
            return single(c);
        }
        if (at + 1 >= regex.length()) {
            throw new BadPattern("bad escape (end of pattern) in '" + regex + "'");
        }
        char escaped = regex.charAt(at + 1);
        Element category = category(escaped);
        if (category != null) {
            at += 2;
            return category;
        }
        if (escaped == 'b') {
            at += 2;
            return single('\b');
        }
        Escape escape = Escape.read(regex, at, true);
        at = escape.end();
        return single(escape.code());
    }

    private static Element single(int c) {
        return new Element(c, Escape.java(c), x -> x == c);
    }

    private static @Nullable Element category(char c) {
        return switch (c) {
            case 'w' -> new Element(-1, CharSet.WORD, CharSet::isWord);
            case 'd' -> new Element(-1, CharSet.DIGIT, CharSet::isDigit);
            case 's' -> new Element(-1, CharSet.SPACE, CharSet::isSpace);
            case 'W' -> new Element(-1, "[^" + CharSet.WORD + "]", x -> !CharSet.isWord(x));
            case 'D' -> new Element(-1, "\\P{Nd}", x -> !CharSet.isDigit(x));
            case 'S' -> new Element(-1, "[^" + CharSet.SPACE + "]", x -> !CharSet.isSpace(x));
            default -> null;
        };
    }
}
