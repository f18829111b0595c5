package dev.sluice.dsl.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.Snakefiles;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.junit.jupiter.api.Test;

class PythonProgramTest {
    private static final SourceFile SOURCE =
            new SourceFile(
                    "Snakefile",
                    """
                    x = 1
                    rule a:
                        input: "😀", 1 +, more  # why
                        output:
                            foo bar
                    localrules: a, b
                    """);

    private final PythonProgram program = ProgramWriter.write(Snakefiles.parse(SOURCE));

    @Test
    void mapsPlainPythonToItself() {
        assertThat(back("x = 1", 1)).isEqualTo("x = 1");
    }

    @Test
    void mapsAPlaceWithinAValueThatWasMoved() {
        assertThat(back("1 +", 3)).isEqualTo("1 +");
        assertThat(back("foo bar", 5)).isEqualTo("foo bar");
    }

    @Test
    void mapsWhatTheWriterMadeToWhatItStandsFor() {
        assertThat(back("_sluice_r.input", 3)).isEqualTo("input:");
        assertThat(back("_sluice_.rule", 2)).isEqualTo("rule a:");
        assertThat(back("\"b\"", 6)).isEqualTo("b");
    }

    @Test
    void staysWithinTheTextForPlacesThatAreNotThere() {
        assertThat(program.sourceSpan(3, 4000, -1).start()).isEqualTo(SOURCE.lineSpan(3).end());
        assertThat(program.sourceSpan(99, 3, 9)).isEqualTo(Span.at(SOURCE.text().length()));
        assertThat(program.sourceSpan(0, -1, -1)).isEqualTo(Span.at(0));
    }

    private String back(String words, int line) {
        String text = new SourceFile("", program.text()).lineAt(line);
        int at = text.indexOf(words);
        int column = text.codePointCount(0, at);
        int end = column + words.codePointCount(0, words.length());
        return SOURCE.text(program.sourceSpan(line, column, end));
    }
}
