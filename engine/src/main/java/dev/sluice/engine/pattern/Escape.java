package dev.sluice.engine.pattern;

import java.util.Locale;

/** An escape of a Python regular expression that stands for one character, and where it ends. */
record Escape(int code, int end) {

    /** Reads the escape whose backslash is at {@code at}; refuses what Python refuses. */
    static Escape read(String regex, int at, boolean inClass) {
        char c = regex.charAt(at + 1);
        return switch (c) {
            case 'n' -> new Escape('\n', at + 2);
            case 't' -> new Escape('\t', at + 2);
            case 'r' -> new Escape('\r', at + 2);
            case 'f' -> new Escape('\f', at + 2);
            case 'v' -> new Escape(0x0B, at + 2);
            case 'a' -> new Escape(0x07, at + 2);
            case 'x' -> hex(regex, at, 2);
            case 'u' -> hex(regex, at, 4);
            case 'U' -> hex(regex, at, 8);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> octal(regex, at, inClass);
            default -> other(regex, at);
        };
    }

    private static Escape other(String regex, int at) {
        int c = regex.codePointAt(at + 1);
        if (c < 128 && Character.isLetter(c)) {
            throw bad(regex, at, at + 2);
        }
        return new Escape(c, at + 1 + Character.charCount(c));
    }

    private static Escape hex(String regex, int at, int digits) {
        int end = at + 2 + digits;
        if (end > regex.length()) {
            throw bad(regex, at, regex.length());
        }
        int value = 0;
        for (int i = at + 2; i < end; i++) {
            int digit = regex.charAt(i) < 128 ? Character.digit(regex.charAt(i), 16) : -1;
            if (digit < 0) {
                throw bad(regex, at, end);
            }
            value = (value << 4) | digit;
        }
        return new Escape(value, end);
    }

    /** {@code \0}, {@code \012}, {@code \123}; a group reference never gets here. */
    private static Escape octal(String regex, int at, boolean inClass) {
        int end = at + 1;
        int value = 0;
        while (end < regex.length() && end < at + 4 && isOctal(regex.charAt(end))) {
            value = value * 8 + regex.charAt(end) - '0';
            end++;
        }
        boolean zero = regex.charAt(at + 1) == '0';
        if (end == at + 1 || value > 0377 || (!zero && !inClass && end < at + 4)) {
            throw bad(regex, at, Math.max(end, at + 2));
        }
        return new Escape(value, end);
    }

    static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static BadPattern bad(String regex, int from, int to) {
        return new BadPattern("bad escape " + regex.substring(from, to) + " at position " + from);
    }

    /** The character as a literal of Java's engine, inside a class or outside. */
    static String java(int c) {
        if ((c < 128 && Character.isLetterOrDigit(c)) || c == '_' || c == '/') {
            return Character.toString(c);
        }
        return "\\x{" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + "}";
    }
}
