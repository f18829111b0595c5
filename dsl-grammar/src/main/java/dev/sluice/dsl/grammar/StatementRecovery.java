package dev.sluice.dsl.grammar;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * One error a header, and nothing lost behind it: a header without its colon keeps its body, and a
 * statement that cannot be understood is left out with its block.
 *
 * <p>No token is guessed or dropped otherwise, as ANTLR would: that makes second errors of the
 * first.
 */
final class StatementRecovery extends DefaultErrorStrategy {
    @Override
    public Token recoverInline(Parser parser) {
        if (!expected(parser).contains(SnakefileParser.COLON)) {
            throw new InputMismatchException(parser);
        }
        reportMissingToken(parser);
        while (!endsHeader(type(parser))) {
            parser.consume();
        }
        return type(parser) == SnakefileParser.COLON ? parser.consume() : getMissingSymbol(parser);
    }

    @Override
    public void sync(Parser parser) {
        if (!expected(parser).contains(SnakefileParser.COLON)) {
            super.sync(parser);
        }
    }

    @Override
    public void recover(Parser parser, RecognitionException exception) {
        while (type(parser) != SnakefileParser.NEWLINE && type(parser) != Token.EOF) {
            parser.consume();
        }
        if (type(parser) == SnakefileParser.NEWLINE) {
            parser.consume();
        }
        if (type(parser) == SnakefileParser.INDENT) {
            skipBlock(parser);
        }
        // From here on errors are news again.
        endErrorCondition(parser);
    }

    private static void skipBlock(Parser parser) {
        int depth = 0;
        do {
            int type = type(parser);
            if (type == SnakefileParser.INDENT) {
                depth++;
            } else if (type == SnakefileParser.DEDENT) {
                depth--;
            }
            parser.consume();
        } while (depth > 0 && type(parser) != Token.EOF);
    }

    @Override
    protected @Nullable Token singleTokenDeletion(Parser parser) {
        return null;
    }

    private static boolean endsHeader(int type) {
        return switch (type) {
            case SnakefileParser.COLON,
                    SnakefileParser.NEWLINE,
                    SnakefileParser.VALUE,
                    SnakefileParser.BLOCK,
                    Token.EOF ->
                    true;
            default -> false;
        };
    }

    private IntervalSet expected(Parser parser) {
        return getExpectedTokens(parser);
    }

    private static int type(Parser parser) {
        return parser.getInputStream().LA(1);
    }
}
