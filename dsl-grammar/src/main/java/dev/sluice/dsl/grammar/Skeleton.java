package dev.sluice.dsl.grammar;

import static dev.sluice.dsl.grammar.SnakefileLexer.AS;
import static dev.sluice.dsl.grammar.SnakefileLexer.BLOCK;
import static dev.sluice.dsl.grammar.SnakefileLexer.COLON;
import static dev.sluice.dsl.grammar.SnakefileLexer.DEDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.DIRECTIVE;
import static dev.sluice.dsl.grammar.SnakefileLexer.DOCSTRING;
import static dev.sluice.dsl.grammar.SnakefileLexer.EXCLUDE;
import static dev.sluice.dsl.grammar.SnakefileLexer.FROM;
import static dev.sluice.dsl.grammar.SnakefileLexer.HOOK;
import static dev.sluice.dsl.grammar.SnakefileLexer.INDENT;
import static dev.sluice.dsl.grammar.SnakefileLexer.KEYWORD;
import static dev.sluice.dsl.grammar.SnakefileLexer.MODULE;
import static dev.sluice.dsl.grammar.SnakefileLexer.NAME;
import static dev.sluice.dsl.grammar.SnakefileLexer.NEWLINE;
import static dev.sluice.dsl.grammar.SnakefileLexer.PYTHON;
import static dev.sluice.dsl.grammar.SnakefileLexer.RULE;
import static dev.sluice.dsl.grammar.SnakefileLexer.RUN;
import static dev.sluice.dsl.grammar.SnakefileLexer.STORAGE;
import static dev.sluice.dsl.grammar.SnakefileLexer.STRAY;
import static dev.sluice.dsl.grammar.SnakefileLexer.USE;
import static dev.sluice.dsl.grammar.SnakefileLexer.VALUE;
import static dev.sluice.dsl.grammar.SnakefileLexer.WITH;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Decides which words are keywords, and folds Python into islands: one token for a logical line of
 * Python, one for the whole value of a directive, one for the block of {@code run:}. What is left
 * is so little that the parser's work does not depend on how much Python a file holds.
 */
final class Skeleton {
    /** What the lines of a block are read as. */
    private enum Context {
        PYTHON,
        BODY,
        /** An indentation that means nothing to Snakemake, as behind a docstring. */
        LOOSE
    }

    private final List<Token> in;
    private final List<Token> out = new ArrayList<>();
    private final Deque<Context> blocks = new ArrayDeque<>();
    private final Shape shape;
    private Context next = Context.LOOSE;
    private int at;

    private Skeleton(List<Token> laidOut, StrayKeywords strayKeywords) {
        this.in = laidOut;
        this.shape = new Shape(laidOut, strayKeywords);
    }

    /** The tokens for the parser, from those of {@link Layout}. */
    static List<Token> of(List<Token> laidOut, StrayKeywords strayKeywords) {
        var skeleton = new Skeleton(laidOut, strayKeywords);
        skeleton.run();
        return skeleton.out;
    }

    private void run() {
        while (type() != Token.EOF) {
            switch (type()) {
                case INDENT -> beginBlock();
                case DEDENT -> endBlock();
                case NEWLINE -> at++;
                default -> line();
            }
        }
        out.add(in.get(at));
    }

    private void beginBlock() {
        blocks.push(next);
        if (next != Context.LOOSE) {
            out.add(in.get(at));
        }
        at++;
        next = Context.LOOSE;
    }

    private void endBlock() {
        if (blocks.pop() != Context.LOOSE) {
            out.add(in.get(at));
        }
        at++;
    }

    private void line() {
        next = Context.LOOSE;
        if (context() == Context.BODY) {
            item();
        } else {
            statement();
        }
    }

    private Context context() {
        for (Context context : blocks) {
            if (context != Context.LOOSE) {
                return context;
            }
        }
        return Context.PYTHON;
    }

    private void statement() {
        switch (shape.statementAt(at, blocks.isEmpty())) {
            case RULE -> named(RULE);
            case MODULE -> named(MODULE);
            case USE -> useRule();
            case STORAGE -> {
                keep(STORAGE);
                header();
                value(VALUE);
            }
            case KEYWORD -> withValue(KEYWORD, VALUE);
            case HOOK -> withValue(HOOK, BLOCK);
            case UNKNOWN -> value(PYTHON);
            case PYTHON -> {
                logicalLine(PYTHON);
                next = Context.PYTHON;
            }
        }
    }

    private void item() {
        switch (shape.itemAt(at)) {
            case DOCSTRING -> logicalLine(DOCSTRING);
            case DIRECTIVE -> withValue(DIRECTIVE, VALUE);
            case RUN -> withValue(RUN, BLOCK);
            case STRAY -> value(STRAY);
        }
    }

    private void named(int keyword) {
        keep(keyword);
        header();
        body();
    }

    private void useRule() {
        keep(USE);
        keep(RULE);
        while (type() != COLON && !isLineEnd(type())) {
            keep(useWord(in.get(at)));
        }
        if (type() == COLON) {
            keep(COLON);
            body();
        } else {
            newline();
        }
    }

    private static int useWord(Token token) {
        if (token.getType() != NAME) {
            return token.getType();
        }
        return switch (token.getText()) {
            case "from" -> FROM;
            case "exclude" -> EXCLUDE;
            case "as" -> AS;
            case "with" -> WITH;
            default -> NAME;
        };
    }

    /** The tokens up to the colon, as they are, and the colon. */
    private void header() {
        while (type() != COLON && !isLineEnd(type())) {
            keep(type());
        }
        if (type() == COLON) {
            keep(COLON);
        }
    }

    private void body() {
        if (isLineEnd(type())) {
            newline();
            next = Context.BODY;
        } else {
            item();
        }
    }

    private void withValue(int keyword, int island) {
        keep(keyword);
        if (type() == COLON) {
            keep(COLON);
        }
        value(island);
    }

    /** What follows on the line, and the block below it, as one token. */
    private void value(int island) {
        int from = at;
        Token lineEnd = in.get(skipLine());
        int to = at;
        if (type() == NEWLINE) {
            at++;
        }
        if (type() == INDENT && to < at) {
            to = skipBlock(to);
        }
        if (to > from) {
            int first = skipLayout(from);
            out.add(new IslandToken(island, in.get(first), in.get(to - 1), first, to));
        }
        out.add(newline(lineEnd));
    }

    private void logicalLine(int island) {
        int from = at;
        Token lineEnd = in.get(skipLine());
        out.add(new IslandToken(island, in.get(from), in.get(at - 1), from, at));
        out.add(newline(lineEnd));
        if (type() == NEWLINE) {
            at++;
        }
    }

    private void newline() {
        out.add(newline(in.get(at)));
        if (type() == NEWLINE) {
            at++;
        }
    }

    private int skipLine() {
        while (!isLineEnd(type())) {
            at++;
        }
        return at;
    }

    /** Goes behind a whole indented block; what comes back is the index behind its last token. */
    private int skipBlock(int endBefore) {
        int end = endBefore;
        int depth = 0;
        do {
            int type = type();
            if (type == INDENT) {
                depth++;
            } else if (type == DEDENT) {
                depth--;
            } else if (type != NEWLINE) {
                end = at + 1;
            }
            at++;
        } while (depth > 0);
        return end;
    }

    private int skipLayout(int from) {
        int i = from;
        while (isLayout(in.get(i).getType())) {
            i++;
        }
        return i;
    }

    private static Token newline(Token token) {
        return token.getType() == NEWLINE ? token : retyped(token, NEWLINE);
    }

    private void keep(int type) {
        Token token = in.get(at++);
        out.add(token.getType() == type ? token : retyped(token, type));
    }

    private static Token retyped(Token token, int type) {
        var copy = new CommonToken(token);
        copy.setType(type);
        return copy;
    }

    private int type() {
        return in.get(at).getType();
    }

    private static boolean isLineEnd(int type) {
        return isLayout(type) || type == Token.EOF;
    }

    private static boolean isLayout(int type) {
        return type == NEWLINE || type == INDENT || type == DEDENT;
    }
}
