package dev.sluice.dsl.grammar;

/**
 * Finds where a Python string ends. F-strings are read as in Python 3.12, where the enclosing quote
 * may be used again within braces; when that reading finds no end, the older one is taken. A text
 * that 3.11 accepts ends at the same place in both.
 */
final class StringEnd {
    /**
     * Braces in a string on one line may hold line breaks since 3.12; farther than this, none do.
     */
    private static final int MAX_LINES_IN_BRACES = 20;

    private static final int MAX_NESTING = 60;
    private static final int NONE = -1;

    private final CharSequence text;

    /** Set once an f-string ran into the end of the text, so that later ones need not try again. */
    private boolean nestedQuotesFailed;

    StringEnd(CharSequence text) {
        this.text = text;
    }

    /**
     * The offset behind the string that begins at {@code start} with its prefix; the complement of
     * the offset where reading stopped, when the string has no end.
     */
    int find(int start) {
        int quote = quoteAt(start);
        boolean triple = isTriple(quote);
        if (isFormatted(start, quote) && !nestedQuotesFailed) {
            int end = formatted(quote, triple, 0);
            if (end != NONE) {
                return end;
            }
        }
        return plain(quote, triple);
    }

    private int quoteAt(int start) {
        int at = start;
        while (text.charAt(at) != '"' && text.charAt(at) != '\'') {
            at++;
        }
        return at;
    }

    private boolean isTriple(int quote) {
        char c = text.charAt(quote);
        return charAt(quote + 1) == c && charAt(quote + 2) == c;
    }

    private boolean isFormatted(int start, int quote) {
        return hasPrefix(start, quote, 'f') || hasPrefix(start, quote, 't');
    }

    private boolean hasPrefix(int start, int quote, char letter) {
        for (int i = start; i < quote; i++) {
            if (Character.toLowerCase(text.charAt(i)) == letter) {
                return true;
            }
        }
        return false;
    }

    private int plain(int quote, boolean triple) {
        char c = text.charAt(quote);
        int at = quote + (triple ? 3 : 1);
        while (at < text.length()) {
            char here = text.charAt(at);
            if (here == '\\') {
                at = afterEscape(at);
            } else if (here == c && (!triple || isTriple(at))) {
                return at + (triple ? 3 : 1);
            } else if (!triple && isLineEnd(here)) {
                return ~at;
            } else {
                at++;
            }
        }
        return ~text.length();
    }

    private int formatted(int quote, boolean triple, int nesting) {
        char c = text.charAt(quote);
        int at = quote + (triple ? 3 : 1);
        while (at < text.length()) {
            char here = text.charAt(at);
            if (here == '\\') {
                at = isBrace(charAt(at + 1)) ? at + 1 : afterEscape(at);
            } else if (here == c && (!triple || isTriple(at))) {
                return at + (triple ? 3 : 1);
            } else if (!triple && isLineEnd(here)) {
                return NONE;
            } else if (here == '{' && charAt(at + 1) != '{') {
                at = replacementField(at + 1, triple, nesting);
                if (at == NONE) {
                    return NONE;
                }
            } else {
                at += here == '{' ? 2 : 1;
            }
        }
        nestedQuotesFailed = true;
        return NONE;
    }

    /** From behind an opening brace to behind its closing one. */
    private int replacementField(int start, boolean triple, int nesting) {
        if (nesting > MAX_NESTING) {
            return NONE;
        }
        int depth = 0;
        int lines = 0;
        int at = start;
        while (at < text.length()) {
            char here = text.charAt(at);
            switch (here) {
                case '"', '\'' -> {
                    at = nestedString(start, at, nesting);
                    if (at == NONE) {
                        return NONE;
                    }
                }
                case '(', '[', '{' -> {
                    depth++;
                    at++;
                }
                case ')', ']' -> {
                    depth--;
                    at++;
                }
                case '}' -> {
                    at++;
                    if (depth <= 0) {
                        return at;
                    }
                    depth--;
                }
                case ':' -> {
                    if (depth <= 0) {
                        return formatSpec(at + 1, triple, nesting);
                    }
                    at++;
                }
                case '\n', '\r' -> {
                    if (!triple && ++lines > MAX_LINES_IN_BRACES) {
                        return NONE;
                    }
                    at++;
                }
                default -> at++;
            }
        }
        nestedQuotesFailed = true;
        return NONE;
    }

    private int nestedString(int fieldStart, int quote, int nesting) {
        int start = quote;
        while (start > fieldStart
                && quote - start < 2
                && Character.isLetter(text.charAt(start - 1))) {
            start--;
        }
        boolean triple = isTriple(quote);
        if (isFormatted(start, quote)) {
            return formatted(quote, triple, nesting + 1);
        }
        int end = plain(quote, triple);
        return end < 0 ? NONE : end;
    }

    /** A format specification is literal text in which only braces mean something. */
    private int formatSpec(int start, boolean triple, int nesting) {
        int at = start;
        while (at < text.length()) {
            char here = text.charAt(at);
            if (here == '}') {
                return at + 1;
            }
            if (!triple && isLineEnd(here)) {
                return NONE;
            }
            if (here == '{') {
                at = replacementField(at + 1, triple, nesting + 1);
                if (at == NONE) {
                    return NONE;
                }
            } else {
                at++;
            }
        }
        nestedQuotesFailed = true;
        return NONE;
    }

    private int afterEscape(int backslash) {
        boolean crlf = charAt(backslash + 1) == '\r' && charAt(backslash + 2) == '\n';
        return Math.min(backslash + (crlf ? 3 : 2), text.length());
    }

    private char charAt(int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isBrace(char c) {
        return c == '{' || c == '}';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
