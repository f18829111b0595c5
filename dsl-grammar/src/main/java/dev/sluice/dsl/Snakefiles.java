package dev.sluice.dsl;

import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.build.TreeBuilder;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Problems;
import dev.sluice.dsl.grammar.SnakefileGrammar;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import java.nio.charset.StandardCharsets;

/** Reads Snakefiles. It takes text, not paths, and throws for no text whatever. */
public final class Snakefiles {
    private Snakefiles() {}

    public static Parsed<Snakefile> parse(SourceFile source) {
        return parse(source, new Problems(source));
    }

    /** Parses the bytes of a file; bytes that are not UTF-8 are an error at their place. */
    public static Parsed<Snakefile> parse(String name, byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        var source = new SourceFile(name, text);
        var problems = new Problems(source);
        int bad = source.text().indexOf('\uFFFD');
        if (bad >= 0 && !java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
            problems.add(
                    LanguageCode.NOT_UTF8,
                    "the file is not UTF-8 text",
                    new Span(bad, bad + 1),
                    "save it as UTF-8");
        }
        return parse(source, problems);
    }

    private static Parsed<Snakefile> parse(SourceFile source, Problems problems) {
        SnakefileGrammar.Result parsed = SnakefileGrammar.parse(source, problems);
        Snakefile tree = TreeBuilder.build(source, parsed, problems);
        return new Parsed<>(source, tree, problems.inOrder());
    }
}
