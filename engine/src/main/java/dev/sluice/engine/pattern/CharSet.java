package dev.sluice.engine.pattern;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * The characters that one position of a regular expression accepts, with Python's idea of {@code
 * \w}, {@code \d} and {@code \s} in text.
 */
final class CharSet {
    static final String WORD = "\\p{L}\\p{N}_";
    static final String DIGIT = "\\p{Nd}";
    static final String SPACE =
            "\\x09-\\x0D\\x1C-\\x20\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";

    /** What {@code .} accepts. */
    static final CharSet ANY = new CharSet(c -> c != '\n');

    private final IntPredicate accepts;
    private final long low;
    private final long high;

    CharSet(IntPredicate accepts) {
        this.accepts = accepts;
        this.low = bits(accepts, 0);
        this.high = bits(accepts, 64);
    }

    private static long bits(IntPredicate accepts, int from) {
        long bits = 0;
        for (int i = 0; i < 64; i++) {
            if (accepts.test(from + i)) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    static CharSet union(List<IntPredicate> parts, boolean negated) {
        List<IntPredicate> copy = List.copyOf(parts);
        return new CharSet(
                c -> {
                    for (IntPredicate part : copy) {
                        if (part.test(c)) {
                            return !negated;
                        }
                    }
                    return negated;
                });
    }

    boolean contains(char c) {
        if (c < 64) {
            return (low >>> c & 1) != 0;
        }
        return c < 128 ? (high >>> (c - 64) & 1) != 0 : accepts.test(c);
    }

    /**
     * Where the run of accepted characters that starts at {@code from} ends, looking no further
     * than {@code limit}.
     */
    int runEnd(String text, int from, int limit) {
        int i = from;
        while (i < limit && contains(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /**
     * Python's {@code \w}: letters and numbers of any script, and the underscore; no combining
     * marks.
     */
    static boolean isWord(int c) {
        if (c < 128) {
            return isBetween(c, 'a', 'z')
                    || isBetween(c, 'A', 'Z')
                    || isBetween(c, '0', '9')
                    || c == '_';
        }
        int type = Character.getType(c);
        return Character.isLetter(c)
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static boolean isDigit(int c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    static boolean isSpace(int c) {
        return isBetween(c, 0x09, 0x0D)
                || isBetween(c, 0x1C, 0x20)
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || isBetween(c, 0x2000, 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    private static boolean isBetween(int c, int low, int high) {
        return c >= low && c <= high;
    }
}
