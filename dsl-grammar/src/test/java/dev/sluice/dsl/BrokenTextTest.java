package dev.sluice.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.dsl.python.ProgramWriter;
import dev.sluice.dsl.source.SourceFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/** No text makes the parser, the writer or the renderer throw, or lose a line. */
class BrokenTextTest {
    private static final List<String> PIECES =
            List.of(
                    "\n",
                    "\r",
                    "    ",
                    "\t",
                    "\f",
                    " ",
                    ":",
                    ",",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    "'",
                    "\"",
                    "\"\"\"",
                    "f\"{",
                    "\\",
                    "#",
                    "*",
                    "=",
                    ">",
                    "rule",
                    "rule a:\n",
                    "use rule ",
                    " from ",
                    " as ",
                    " with:",
                    "run:",
                    "shell:",
                    "input:",
                    "module m:",
                    "storage ",
                    "localrules: ",
                    "ruleorder: ",
                    "lambda ",
                    "\0",
                    "\uD83D",
                    "😀",
                    "é",
                    "onstart:\n",
                    "include: ",
                    "if x:\n",
                    "_sluice_r",
                    "dynamic(");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyMutationOfASnakefileIsReadToItsEnd(long seed) {
        var random = new Random(seed);
        for (var directory : Fixtures.all()) {
            String text = Fixtures.parse(directory).source().text();
            for (int round = 0; round < 25; round++) {
                check(mutate(text, random));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void anyHeapOfPiecesIsReadToItsEnd(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 1500; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            check(text.toString());
        }
    }

    @Test
    void everyBeginningOfASnakefileIsReadToItsEnd() {
        for (var directory : Fixtures.all()) {
            String text = Fixtures.parse(directory).source().text();
            for (int end = 0; end < text.length(); end++) {
                check(text.substring(0, end));
            }
        }
    }

    @Test
    void deepNestingIsReadToItsEnd() {
        check("(".repeat(50_000));
        check("([{".repeat(20_000) + ")]}".repeat(20_000));
        check("f\"{".repeat(20_000));
        check("f'''{(x".repeat(20_000));
        check("x:\n" + " ".repeat(200) + "y\n");
        var blocks = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            blocks.append(" ".repeat(i)).append("if x:\n");
        }
        check(blocks.toString());
        check("rule a:\n" + blocks);
    }

    private static void check(String text) {
        assertThatCode(() -> readAll(text))
                .as("for the text <%s>", text)
                .doesNotThrowAnyException();
    }

    private static void readAll(String text) {
        var source = new SourceFile("Snakefile", text);
        var parsed = Snakefiles.parse(source);
        TreePrinter.print(parsed);
        for (var diagnostic : parsed.diagnostics()) {
            assertThat(DiagnosticRenderer.plain().render(diagnostic)).endsWith("\n");
        }
        var program = new SourceFile("program", ProgramWriter.write(parsed).text());
        if (!parsed.hasErrors()) {
            assertThat(program.lineCount()).isEqualTo(source.lineCount());
        }
    }

    private static String mutate(String original, Random random) {
        var text = new StringBuilder(original);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                default -> throw new AssertionError();
            }
        }
        return text.toString();
    }
}
