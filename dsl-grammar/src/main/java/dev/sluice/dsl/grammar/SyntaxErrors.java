package dev.sluice.dsl.grammar;

import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns what ANTLR reports into diagnostics that name what was expected. */
final class SyntaxErrors extends BaseErrorListener {
    private final Problems problems;

    SyntaxErrors(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object offendingSymbol,
            int line,
            int charPositionInLine,
            @Nullable String ignoredMessage,
            @Nullable RecognitionException exception) {
        if (!(offendingSymbol instanceof Token found) || !(recognizer instanceof Parser parser)) {
            return;
        }
        IntervalSet expected =
                exception != null && exception.getExpectedTokens() != null
                        ? exception.getExpectedTokens()
                        : parser.getExpectedTokens();
        Token before = parser.getInputStream().LT(-1);
        if (expected.contains(SnakefileParser.COLON)) {
            report(LanguageCode.MISSING_COLON, expected, found, before);
        } else {
            report(LanguageCode.UNEXPECTED_TOKEN, expected, found, before);
        }
    }

    private void report(
            LanguageCode code, IntervalSet expected, Token found, @Nullable Token before) {
        boolean atEnd = isLayout(found.getType()) || (before != null && onLaterLine(before, found));
        Span span =
                atEnd && before != null
                        ? new Span(before.getStopIndex(), before.getStopIndex() + 1)
                        : new Span(
                                Math.max(0, found.getStartIndex()),
                                Math.max(found.getStartIndex(), found.getStopIndex() + 1));
        String behind = before == null ? "" : " behind `" + shortText(before) + "`";
        String message =
                "expected "
                        + words(expected, before)
                        + behind
                        + ", found "
                        + (atEnd ? "the end of the line" : "`" + shortText(found) + "`");
        problems.add(code, message, span, hint(found.getType()));
    }

    private static @Nullable String hint(int found) {
        return switch (found) {
            case SnakefileParser.STRING,
                    SnakefileParser.NUMBER,
                    SnakefileParser.OPERATOR,
                    SnakefileParser.OTHER ->
                    "a name has letters, digits and `_`, and no quotes";
            default -> null;
        };
    }

    private static String words(IntervalSet expected, @Nullable Token before) {
        Set<String> words = new LinkedHashSet<>();
        if (before != null && takesName(before.getType())) {
            words.add(word(SnakefileParser.NAME));
        }
        for (int type : expected.toArray()) {
            words.add(word(type));
        }
        if (words.size() == 1) {
            return words.iterator().next();
        }
        var list = words.stream().toList();
        return list.stream().limit(list.size() - 1L).collect(Collectors.joining(", "))
                + " or "
                + list.getLast();
    }

    private static String word(int type) {
        return switch (type) {
            case SnakefileParser.NAME -> "a name";
            case SnakefileParser.COLON -> "`:`";
            case SnakefileParser.COMMA -> "`,`";
            case SnakefileParser.STAR -> "`*`";
            case SnakefileParser.RULE -> "`rule`";
            case SnakefileParser.FROM -> "`from`";
            case SnakefileParser.EXCLUDE -> "`exclude`";
            case SnakefileParser.AS -> "`as`";
            case SnakefileParser.WITH -> "`with`";
            case SnakefileParser.NEWLINE, SnakefileParser.DEDENT, Token.EOF ->
                    "the end of the line";
            case SnakefileParser.INDENT -> "an indented block";
            case SnakefileParser.DIRECTIVE, SnakefileParser.RUN -> "a directive";
            case SnakefileParser.DOCSTRING -> "a docstring";
            default -> "a statement";
        };
    }

    private static boolean isLayout(int type) {
        return type == SnakefileParser.NEWLINE
                || type == SnakefileParser.INDENT
                || type == SnakefileParser.DEDENT
                || type == Token.EOF;
    }

    /** The grammar has passed the optional name by when it misses the colon. */
    private static boolean takesName(int type) {
        return type == SnakefileParser.RULE
                || type == SnakefileParser.MODULE
                || type == SnakefileParser.STORAGE;
    }

    private static boolean onLaterLine(Token before, Token found) {
        int from = before.getStopIndex() + 1;
        int to = found.getStartIndex() - 1;
        String between = to < from ? "" : before.getInputStream().getText(Interval.of(from, to));
        return between.indexOf('\n') >= 0 || between.indexOf('\r') >= 0;
    }

    private static String shortText(Token token) {
        String text = token.getText();
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end) + "…";
        return line.length() > 40 ? line.substring(0, 39) + "…" : line;
    }
}
