package dev.sluice.dsl.grammar;

import static dev.sluice.dsl.grammar.SnakefileLexer.COLON;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.STRING;

import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Lines that Python would refuse, or take as an annotation without effect, and that look like a
 * misspelt or removed keyword, or like a directive that slipped out of its rule.
 */
final class StrayKeywords {
    private final Problems problems;

    StrayKeywords(Problems problems) {
        this.problems = problems;
    }

    /** Says what is wrong with such a line; true when it is no Python either. */
    boolean report(List<Token> tokens, int index, boolean top) {
        Token first = tokens.get(index);
        String word = first.getText();
        if (Keywords.beginsPythonStatement(word)) {
            return false;
        }
        int second = tokens.get(index + 1).getType();
        if (second == NAME && !Keywords.isOperator(tokens.get(index + 1).getText())) {
            boolean statement = tokens.get(index + 2).getType() == COLON;
            return statement && unknown(first);
        }
        if (second != COLON) {
            return false;
        }
        int third = tokens.get(index + 2).getType();
        if (third == NEWLINE) {
            return unknown(first);
        }
        if (top && third == STRING) {
            annotation(first);
        }
        return false;
    }

    private boolean unknown(Token token) {
        String word = token.getText();
        String removed = Keywords.REMOVED.get(word);
        if (removed != null) {
            problems.add(
                    LanguageCode.REMOVED_KEYWORD,
                    "there is no keyword `" + word + "` any more",
                    span(token),
                    removed);
        } else if (Keywords.isDirective(word)) {
            problems.add(
                    LanguageCode.UNKNOWN_KEYWORD,
                    "the directive `" + word + "` stands outside of a rule",
                    span(token),
                    "indent it as the other directives of its rule");
        } else {
            problems.add(
                    LanguageCode.UNKNOWN_KEYWORD,
                    "there is no keyword `" + word + "`",
                    span(token),
                    likely(word));
        }
        return true;
    }

    private void annotation(Token token) {
        String word = token.getText();
        String hint = likely(word);
        if (Keywords.isDirective(word)) {
            hint = "a directive stands in a rule, indented below `rule NAME:`";
        }
        if (hint != null) {
            problems.add(
                    LanguageCode.LOOKS_LIKE_KEYWORD,
                    "Python reads `" + word + ": …` as an annotation, which does nothing",
                    span(token),
                    hint);
        }
    }

    private static @Nullable String likely(String word) {
        return Keywords.likelyKeyword(word)
                .map(known -> "did you mean `" + known + "`?")
                .orElse(null);
    }

    private static Span span(Token token) {
        return new Span(token.getStartIndex(), token.getStopIndex() + 1);
    }
}
