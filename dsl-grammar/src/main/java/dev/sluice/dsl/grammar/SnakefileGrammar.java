package dev.sluice.dsl.grammar;

import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The way from text to parse tree. It never throws for any text: what is wrong goes to problems.
 */
public final class SnakefileGrammar {
    private SnakefileGrammar() {}

    /** A parse tree, with the laid-out tokens that its islands refer to. */
    public record Result(SnakefileParser.SnakefileContext tree, List<Token> laidOut) {}

    public static Result parse(SourceFile source, Problems problems) {
        List<Token> raw = lex(source, problems);
        List<Token> laidOut = Layout.of(source, raw, problems);
        List<Token> skeleton = Skeleton.of(laidOut, new StrayKeywords(problems));
        var tokens = new CommonTokenStream(new ListTokenSource(skeleton));
        return new Result(parse(tokens, problems), laidOut);
    }

    static SnakefileParser.SnakefileContext parse(TokenStream tokens, Problems problems) {
        var parser = new SnakefileParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxErrors(problems));
        parser.setErrorHandler(new StatementRecovery());
        // One token ahead decides everywhere, so full context is never needed.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return parser.snakefile();
    }

    static List<Token> lex(SourceFile source, Problems problems) {
        return lex(source, new SourceCharStream(source), problems);
    }

    static List<Token> lex(SourceFile source, CharStream characters, Problems problems) {
        var lexer = new SnakefileLexer(characters);
        lexer.removeErrorListeners();
        List<Token> raw = new ArrayList<>(source.text().length() / 5 + 16);
        Token token;
        do {
            token = lexer.nextToken();
            raw.add(token);
        } while (token.getType() != Token.EOF);
        invisible(source, lexer.invisibles(), problems);
        for (int start : lexer.unclosedStrings()) {
            Span opener = opener(source.text(), start);
            problems.add(
                    LanguageCode.UNCLOSED_STRING,
                    "this string is never closed",
                    opener,
                    "write `" + quote(source.text(opener)) + "` at its end");
        }
        return raw;
    }

    /** One message a line is enough. */
    private static void invisible(SourceFile source, List<Integer> offsets, Problems problems) {
        int line = 0;
        for (int offset : offsets) {
            if (source.lineOf(offset) != line) {
                line = source.lineOf(offset);
                problems.add(
                        LanguageCode.INVISIBLE_CHARACTER,
                        "an invisible character stands here: U+"
                                + HexFormat.of()
                                        .withUpperCase()
                                        .toHexDigits(source.text().charAt(offset)),
                        new Span(offset, offset + 1),
                        "write a plain space, or remove it");
            }
        }
    }

    private static Span opener(String text, int start) {
        int quote = start;
        while (text.charAt(quote) != '"' && text.charAt(quote) != '\'') {
            quote++;
        }
        String three = String.valueOf(text.charAt(quote)).repeat(3);
        return new Span(start, quote + (text.startsWith(three, quote) ? 3 : 1));
    }

    private static String quote(String opener) {
        char last = opener.charAt(opener.length() - 1);
        return opener.substring(opener.indexOf(last));
    }
}
