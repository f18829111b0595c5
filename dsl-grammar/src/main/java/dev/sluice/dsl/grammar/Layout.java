package dev.sluice.dsl.grammar;

import static dev.sluice.dsl.grammar.SnakefileLexer.CLOSE;
import static dev.sluice.dsl.grammar.SnakefileLexer.DEDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.INDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.OPEN;

import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Python's layout: NEWLINE only where a logical line ends, INDENT and DEDENT only outside brackets.
 * Blank lines and comments leave no token. A bracket that is plainly left open is given up at the
 * next rule, so that the rest of the file is still read.
 */
final class Layout {
    private static final int TAB = 8;

    /** Python's own limit; it also bounds the parser's recursion. */
    private static final int MAX_LEVELS = 100;

    private final SourceFile source;
    private final Problems problems;
    private final List<Token> raw;
    private final List<Token> out;
    private final Deque<Token> open = new ArrayDeque<>();

    /** How many brackets are open, by their closer; a look at all of them would cost too much. */
    private final int[] openOf = new int[128];

    private final int[] levels = new int[MAX_LEVELS];
    private int level;

    private Layout(SourceFile source, List<Token> raw, Problems problems) {
        this.source = source;
        this.raw = raw;
        this.problems = problems;
        this.out = new ArrayList<>(raw.size() + 16);
    }

    /** Lays out the raw tokens of a file; the last one is EOF, before and after. */
    static List<Token> of(SourceFile source, List<Token> raw, Problems problems) {
        var layout = new Layout(source, raw, problems);
        layout.run();
        return layout.out;
    }

    private void run() {
        boolean inLine = false;
        boolean joined = false;
        for (int i = 0; i < raw.size(); i++) {
            Token token = raw.get(i);
            int type = token.getType();
            if (type == Token.EOF) {
                end(token, inLine);
            } else if (type == NEWLINE && !open.isEmpty()) {
                joined = true;
            } else if (type == NEWLINE) {
                if (inLine) {
                    out.add(token);
                }
                inLine = false;
                joined = false;
            } else {
                if (joined && givesUp(i)) {
                    giveUpBrackets();
                    out.add(mark(NEWLINE, token));
                    inLine = false;
                }
                if (!inLine) {
                    indent(token);
                }
                inLine = true;
                joined = false;
                bracket(token, type);
                out.add(token);
            }
        }
    }

    private boolean givesUp(int index) {
        int column = column(raw.get(index));
        return Unfinished.startsStatement(raw, index)
                || (column <= levels[level]
                        && isLevel(column)
                        && Unfinished.startsDirective(raw, index, open.element()));
    }

    private void end(Token eof, boolean inLine) {
        if (!open.isEmpty()) {
            giveUpBrackets();
        }
        if (inLine) {
            out.add(mark(NEWLINE, eof));
        }
        for (; level > 0; level--) {
            out.add(mark(DEDENT, eof));
        }
        out.add(eof);
    }

    private void bracket(Token token, int type) {
        if (type == OPEN) {
            open.push(token);
            openOf[closerOf(charOf(token))]++;
        } else if (type == CLOSE) {
            close(token);
        }
    }

    private void close(Token token) {
        char closer = charOf(token);
        if (open.isEmpty()) {
            problems.add(
                    LanguageCode.UNMATCHED_BRACKET,
                    "`" + closer + "` closes no bracket",
                    span(token),
                    null);
            return;
        }
        if (closerOf(charOf(open.element())) == closer) {
            pop();
            return;
        }
        Token opener = open.element();
        problems.add(
                LanguageCode.UNMATCHED_BRACKET,
                "`" + closer + "` does not close `" + charOf(opener) + "`",
                span(token),
                "the open bracket",
                span(opener),
                null);
        // What fits further out closes that one; else the innermost was meant, by a slip of the
        // pen.
        boolean fits = openOf[closer] > 0;
        char closed;
        do {
            closed = pop();
        } while (fits && closed != closer);
    }

    /** Closes the innermost bracket; what comes back is its closer. */
    private char pop() {
        char closer = closerOf(charOf(open.pop()));
        openOf[closer]--;
        return closer;
    }

    private void giveUpBrackets() {
        Token opener = open.element();
        problems.add(
                LanguageCode.UNCLOSED_BRACKET,
                "`" + charOf(opener) + "` is never closed",
                span(opener),
                null);
        open.clear();
        Arrays.fill(openOf, 0);
    }

    private void indent(Token token) {
        int column = column(token);
        if (column > levels[level]) {
            if (level + 1 == MAX_LEVELS) {
                problems.add(
                        LanguageCode.TOO_DEEP, "too many levels of indentation", span(token), null);
                return;
            }
            levels[++level] = column;
            out.add(mark(INDENT, token));
            return;
        }
        while (level > 0 && column <= levels[level - 1]) {
            out.add(mark(DEDENT, token));
            level--;
        }
        // A line between two levels is kept in the inner block: there it was likely meant to be.
        if (column != levels[level]) {
            problems.add(
                    LanguageCode.INCONSISTENT_DEDENT,
                    "the indentation fits no line above",
                    span(token),
                    expectedColumns());
        }
    }

    private String expectedColumns() {
        int outer = levels[level - 1];
        int inner = levels[level];
        return "the lines around it are indented by " + outer + " or by " + inner + " columns";
    }

    private boolean isLevel(int column) {
        for (int i = level; i >= 0; i--) {
            if (levels[i] == column) {
                return true;
            }
        }
        return false;
    }

    /** The column of the first token of a line, with tab stops as Python has them. */
    private int column(Token token) {
        String text = source.text();
        int start = token.getStartIndex();
        while (start > 0 && isBlank(text.charAt(start - 1))) {
            start--;
        }
        int column = 0;
        for (int i = start; i < token.getStartIndex(); i++) {
            char c = text.charAt(i);
            column = c == '\f' ? 0 : c == '\t' ? (column / TAB + 1) * TAB : column + 1;
        }
        return column;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f' || (c > 0x7f && Invisible.is(c));
    }

    private char charOf(Token bracket) {
        return source.text().charAt(bracket.getStartIndex());
    }

    private static char closerOf(char opener) {
        return switch (opener) {
            case '(' -> ')';
            case '[' -> ']';
            default -> '}';
        };
    }

    private static Span span(Token token) {
        return new Span(token.getStartIndex(), token.getStopIndex() + 1);
    }

    /** An empty token before another one. */
    private static Token mark(int type, Token before) {
        var token = new CommonToken(before);
        token.setType(type);
        token.setText("");
        token.setStopIndex(before.getStartIndex() - 1);
        return token;
    }
}
