package dev.sluice.app.inspect;

import dev.sluice.dsl.source.Span;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Python told apart into code, string literals and comments, well enough for hints: a nested quote
 * in an f-string ends the literal early.
 *
 * @param code the text, with comments and the insides of literals blanked; offsets stay
 */
record PythonText(String code, List<Literal> literals) {
    private static final List<String> PREFIXES =
            List.of("r", "u", "b", "f", "t", "rb", "br", "rf", "fr", "rt", "tr");

    PythonText {
        literals = List.copyOf(literals);
    }

    /**
     * A string literal: what stands between its quotes, and where it stands, prefix and quotes
     * included.
     */
    record Literal(String content, Span span) {}

    static PythonText of(String text) {
        return new Reader(text).read();
    }

    int lineStart(int offset) {
        return code.lastIndexOf('\n', offset - 1) + 1;
    }

    private static final class Reader {
        private final String text;
        private final char[] code;
        private final List<Literal> literals = new ArrayList<>();
        private int at;

        Reader(String text) {
            this.text = text;
            code = text.toCharArray();
        }

        PythonText read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '#') {
                    int end = text.indexOf('\n', at);
                    blank(at, end < 0 ? text.length() : end);
                    at = end < 0 ? text.length() : end;
                } else if (c == '"' || c == '\'') {
                    literal(prefixStart(), c);
                } else {
                    at++;
                }
            }
            return new PythonText(new String(code), literals);
        }

        private int prefixStart() {
            int start = at;
            while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
                start--;
            }
            boolean prefix = PREFIXES.contains(text.substring(start, at).toLowerCase(Locale.ROOT));
            return prefix ? start : at;
        }

        private void literal(int start, char quote) {
            String triple = String.valueOf(quote).repeat(3);
            boolean isTriple = text.startsWith(triple, at);
            int from = at + (isTriple ? 3 : 1);
            int to = from;
            while (to < text.length() && !ends(to, quote, triple, isTriple)) {
                to += text.charAt(to) == '\\' ? 2 : 1;
            }
            to = Math.min(to, text.length());
            boolean closed = to < text.length() && text.charAt(to) == quote;
            at = closed ? to + (isTriple ? 3 : 1) : to;
            blank(from, to);
            literals.add(new Literal(text.substring(from, to), new Span(start, at)));
        }

        private boolean ends(int place, char quote, String triple, boolean isTriple) {
            if (isTriple) {
                return text.startsWith(triple, place);
            }
            char c = text.charAt(place);
            return c == quote || c == '\n';
        }

        private void blank(int from, int to) {
            for (int i = from; i < to; i++) {
                code[i] = code[i] == '\n' ? '\n' : '·';
            }
        }
    }
}
