package dev.sluice.dsl.build;

import static dev.sluice.dsl.grammar.SnakefileLexer.CLOSE;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NUMBER;
import static dev.sluice.dsl.grammar.SnakefileLexer.STRING;

import dev.sluice.dsl.grammar.Keywords;

import org.antlr.v4.runtime.Token;

/** Which tokens can begin or end an operand of Python. */
final class Operands {
    private Operands() {}

    static boolean endsOperand(Token token) {
        return switch (token.getType()) {
            case STRING, NUMBER, CLOSE -> true;
            case NAME -> !Keywords.isOperator(token.getText());
            default -> false;
        };
    }

    /** An opening bracket is left out: behind an operand it is a call or an index. */
    static boolean beginsOperand(Token token) {
        return switch (token.getType()) {
            case STRING, NUMBER -> true;
            case NAME -> token.getText().equals("lambda") || !Keywords.isOperator(token.getText());
            default -> false;
        };
    }

    static boolean isDirective(Token token) {
        return token.getType() == NAME && Keywords.isDirective(token.getText());
    }

    static String shortText(Token token) {
        String line = token.getText().lines().findFirst().orElse("");
        boolean whole = line.length() == token.getText().length() && line.length() <= 40;
        return whole ? line : line.substring(0, Math.min(line.length(), 39)) + "…";
    }
}
