package dev.sluice.dsl.grammar;

import static dev.sluice.dsl.grammar.SnakefileLexer.COLON;
import static dev.sluice.dsl.grammar.SnakefileLexer.COMMA;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.OPEN;

import org.antlr.v4.runtime.Token;

import java.util.List;
import java.util.Set;

/**
 * Whether a line within brackets can only be the next statement, because no Python expression goes
 * on like this.
 */
final class Unfinished {
    private static final Set<String> WITH_NAME = Set.of("rule", "checkpoint", "module");
    private static final Set<String> PYTHON = Set.of("def", "class");

    private Unfinished() {}

    /** {@code rule NAME:}, {@code use rule}, {@code def NAME(} and the like. */
    static boolean startsStatement(List<Token> raw, int index) {
        Token first = raw.get(index);
        if (first.getType() != NAME || type(raw, index + 1) != NAME) {
            return false;
        }
        String word = first.getText();
        int third = type(raw, index + 2);
        return (WITH_NAME.contains(word) && third == COLON)
                || (PYTHON.contains(word) && (third == COLON || third == OPEN))
                || (word.equals("use") && raw.get(index + 1).getText().equals("rule"));
    }

    /**
     * {@code output:} and the like, or {@code include:}. In braces that would be a key, and behind
     * {@code lambda} its last parameter.
     */
    static boolean startsDirective(List<Token> raw, int index, Token innermost) {
        Token first = raw.get(index);
        if (first.getType() != NAME
                || type(raw, index + 1) != COLON
                || innermost.getText().equals("{")) {
            return false;
        }
        String word = first.getText();
        return (Keywords.isDirective(word) || Keywords.isStatement(word))
                && !isLambdaParameter(raw, index);
    }

    private static boolean isLambdaParameter(List<Token> raw, int index) {
        for (int i = index - 1; i >= 0; i--) {
            Token token = raw.get(i);
            int type = token.getType();
            if (type == NAME && token.getText().equals("lambda")) {
                return true;
            }
            if (type != NAME && type != COMMA && type != NEWLINE) {
                return false;
            }
        }
        return false;
    }

    private static int type(List<Token> raw, int index) {
        return index < raw.size() ? raw.get(index).getType() : Token.EOF;
    }
}
