package dev.sluice.dsl.build;

import static dev.sluice.dsl.grammar.SnakefileLexer.CLOSE;
import static dev.sluice.dsl.grammar.SnakefileLexer.COLON;
import static dev.sluice.dsl.grammar.SnakefileLexer.COMMA;
import static dev.sluice.dsl.grammar.SnakefileLexer.DEDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.DOUBLE_STAR;
import static dev.sluice.dsl.grammar.SnakefileLexer.EQUALS;
import static dev.sluice.dsl.grammar.SnakefileLexer.INDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.OPEN;
import static dev.sluice.dsl.grammar.SnakefileLexer.STAR;
import static dev.sluice.dsl.grammar.SnakefileLexer.STRING;

import dev.sluice.dsl.ast.Argument;
import dev.sluice.dsl.ast.Arguments;
import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.IslandToken;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one value into its arguments, and says what cannot be an argument list. Python judges the
 * arguments themselves.
 */
final class ArgumentsBuilder {
    private final List<Token> tokens;
    private final Problems problems;
    private final List<Argument> items = new ArrayList<>();

    private int depth;
    private int lambdas;
    private boolean inFor;
    private boolean spoilt;
    private @Nullable Token first;
    private @Nullable Token equals;
    private @Nullable Token previous;
    private int length;
    private @Nullable Argument lastNamed;

    private ArgumentsBuilder(List<Token> tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    /** The arguments of an island; none when it is absent, at the place behind the header. */
    static Arguments build(
            @Nullable IslandToken island, Span header, List<Token> tokens, Problems problems) {
        if (island == null) {
            return new Arguments(List.of(), Span.at(header.end()));
        }
        var builder = new ArgumentsBuilder(tokens, problems);
        builder.read(island);
        return new Arguments(builder.items, Places.span(island));
    }

    private void read(IslandToken island) {
        boolean startsLine = false;
        for (int i = island.from(); i < island.to(); i++) {
            Token token = tokens.get(i);
            int type = token.getType();
            if (type == NEWLINE || type == INDENT || type == DEDENT) {
                startsLine = true;
                continue;
            }
            if (depth == 0 && type == COMMA && lambdas == 0 && !inFor) {
                finish();
                previous = null;
            } else {
                take(token, type, i, startsLine);
            }
            startsLine = false;
        }
        finish();
    }

    private void take(Token token, int type, int index, boolean startsLine) {
        if (depth == 0) {
            takeOutsideBrackets(token, type, index, startsLine);
        }
        if (type == OPEN) {
            depth++;
        } else if (type == CLOSE && depth > 0) {
            depth--;
        }
        if (first == null) {
            first = token;
        }
        length++;
        previous = token;
    }

    private void takeOutsideBrackets(Token token, int type, int index, boolean startsLine) {
        if (type == EQUALS && length == 1 && lambdas == 0 && isName(first)) {
            equals = token;
        } else if (type == COLON) {
            colon(token, index);
        } else {
            checkComma(token, type, index, startsLine);
            if (type == NAME) {
                word(token.getText());
            }
        }
    }

    private void word(String word) {
        switch (word) {
            case "lambda" -> lambdas++;
            case "for" -> inFor = true;
            case "in" -> inFor = false;
            default -> {
                // Any other name changes nothing.
            }
        }
    }

    private void colon(Token token, int index) {
        if (lambdas > 0) {
            lambdas--;
        } else if (!spoilt) {
            spoilt = true;
            Token word = previous;
            if (word != null && Operands.isDirective(word) && startsLine(index - 1)) {
                problems.add(
                        LanguageCode.DIRECTIVE_IN_VALUE,
                        "`" + word.getText() + "` stands within the value above",
                        Places.span(word),
                        "indent it as the other directives of the rule");
            } else {
                problems.add(
                        LanguageCode.UNEXPECTED_COLON,
                        "a `:` cannot stand here",
                        Places.span(token),
                        word != null && isName(word)
                                ? "name an item with `" + word.getText() + "=…`"
                                : null);
            }
        }
    }

    private boolean startsLine(int index) {
        int before = tokens.get(index - 1).getType();
        return before == NEWLINE || before == INDENT || before == DEDENT;
    }

    private void checkComma(Token token, int type, int index, boolean startsLine) {
        Token left = previous;
        if (spoilt || left == null || !Operands.endsOperand(left)) {
            return;
        }
        boolean strings = type == STRING && left.getType() == STRING;
        if (strings || !Operands.beginsOperand(token)) {
            return;
        }
        boolean swallowed =
                startsLine
                        && Operands.isDirective(token)
                        && tokens.get(index + 1).getType() == COLON;
        if (!swallowed) {
            spoilt = true;
            problems.add(
                    LanguageCode.MISSING_COMMA,
                    "a comma is missing behind this item",
                    Places.span(left),
                    "the next item begins with `" + Operands.shortText(token) + "`");
        }
    }

    private void finish() {
        Token start = first;
        Token end = previous;
        if (start != null && end != null) {
            add(start, end);
        }
        first = null;
        equals = null;
        length = 0;
        lambdas = 0;
        inFor = false;
    }

    private void add(Token start, Token end) {
        Span span = Places.span(start).to(Places.span(end));
        Token sign = equals;
        Argument argument;
        if (sign != null) {
            var name = new Name(start.getText(), Places.span(start));
            var value = new Span(valueStart(sign, span), span.end());
            argument = new Argument(Argument.Kind.KEYWORD, name, value, span);
        } else {
            argument = new Argument(kind(start), null, withoutStars(start, span), span);
        }
        checkOrder(argument);
        items.add(argument);
    }

    private static int valueStart(Token sign, Span span) {
        return Math.min(sign.getStopIndex() + 1, span.end());
    }

    private static Argument.Kind kind(Token start) {
        return switch (start.getType()) {
            case STAR -> Argument.Kind.STAR;
            case DOUBLE_STAR -> Argument.Kind.DOUBLE_STAR;
            default -> Argument.Kind.POSITIONAL;
        };
    }

    private static Span withoutStars(Token start, Span span) {
        boolean stars = start.getType() == STAR || start.getType() == DOUBLE_STAR;
        return stars ? new Span(start.getStopIndex() + 1, span.end()) : span;
    }

    private void checkOrder(Argument argument) {
        Argument named = lastNamed;
        switch (argument.kind()) {
            case KEYWORD, DOUBLE_STAR -> lastNamed = argument;
            case STAR -> {
                // Python takes an unpacked list behind named arguments.
            }
            case POSITIONAL -> {
                if (named != null && !spoilt) {
                    problems.add(
                            LanguageCode.POSITIONAL_AFTER_KEYWORD,
                            "an item without a name follows one with a name",
                            argument.span(),
                            "the named item",
                            named.span(),
                            "move it before all named items, or name it");
                    spoilt = true;
                }
            }
        }
    }

    private static boolean isName(@Nullable Token token) {
        return token != null && token.getType() == NAME;
    }
}
