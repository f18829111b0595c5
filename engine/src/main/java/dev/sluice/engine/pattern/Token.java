package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One {@code {name}} or {@code {name,constraint}} of a pattern, at {@code [start, end)}. Braces
 * that are no wildcard are plain text, doubled ones too.
 *
 * @param constraint null where there is no comma; may be empty
 */
record Token(int start, int end, String name, @Nullable String constraint) {

    static List<Token> all(String pattern) {
        List<Token> tokens = new ArrayList<>();
        int from = pattern.indexOf('{');
        while (from >= 0) {
            Token token = at(pattern, from);
            if (token != null) {
                tokens.add(token);
            }
            from = pattern.indexOf('{', token == null ? from + 1 : token.end);
        }
        return tokens;
    }

    private static @Nullable Token at(String pattern, int brace) {
        int nameStart = skipSpace(pattern, brace + 1);
        int nameEnd = skipName(pattern, nameStart);
        if (nameEnd == nameStart) {
            return null;
        }
        String name = pattern.substring(nameStart, nameEnd);
        int position = skipSpace(pattern, nameEnd);
        String constraint = null;
        if (position < pattern.length() && pattern.charAt(position) == ',') {
            int start = skipSpace(pattern, position + 1);
            position = skipConstraint(pattern, start);
            constraint = pattern.substring(start, position);
        }
        boolean closed = position < pattern.length() && pattern.charAt(position) == '}';
        return closed ? new Token(brace, position + 1, name, constraint) : null;
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && CharSet.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int skipName(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (point != '.' && !CharSet.isWord(point)) {
                return i;
            }
            i += Character.charCount(point);
        }
        return i;
    }

    /** A constraint nests braces one level deep, and only as a quantifier: {@code {w,a{3,5}}}. */
    private static int skipConstraint(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '}') {
            if (text.charAt(i) == '{') {
                int end = quantifierEnd(text, i);
                if (end < 0) {
                    return i;
                }
                i = end;
            } else {
                i++;
            }
        }
        return i;
    }

    private static int quantifierEnd(String text, int brace) {
        int i = skipDigits(text, brace + 1);
        if (i == brace + 1) {
            return -1;
        }
        if (i < text.length() && text.charAt(i) == ',') {
            int second = skipDigits(text, i + 1);
            if (second == i + 1) {
                return -1;
            }
            i = second;
        }
        return i < text.length() && text.charAt(i) == '}' ? i + 1 : -1;
    }

    private static int skipDigits(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
