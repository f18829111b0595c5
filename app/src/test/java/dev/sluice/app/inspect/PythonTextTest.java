package dev.sluice.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PythonTextTest {
    @Test
    void findsLiteralsWithTheirPrefixes() {
        assertThat(contents("a = 'x' + \"y\" + rb'z' + f\"{n}\""))
                .containsExactly("x", "y", "z", "{n}");
        PythonText python = PythonText.of("f(rb'z')");
        assertThat(python.literals().getFirst().span().start()).isEqualTo(2);
        assertThat(python.literals().getFirst().span().end()).isEqualTo(7);
    }

    @Test
    void takesNoNameBeforeAQuoteForAPrefix() {
        assertThat(PythonText.of("print'x'").literals().getFirst().span().start()).isEqualTo(5);
    }

    @Test
    void readsQuotesInsideOtherQuotesAndBehindBackslashes() {
        assertThat(contents("'a\"b' \"c'd\" 'e\\'f'")).containsExactly("a\"b", "c'd", "e\\'f");
    }

    @Test
    void readsTripleQuotesOverLines() {
        assertThat(contents("x = '''a\n'b' ''' + \"\"\"c\"\"\"")).containsExactly("a\n'b' ", "c");
    }

    @Test
    void findsNoLiteralInAComment() {
        PythonText python = PythonText.of("a = 1 # it's 'x'\nb = 'y'");
        assertThat(python.literals()).hasSize(1);
        assertThat(python.code()).startsWith("a = 1 ·").hasSameSizeAs("a = 1 # it's 'x'\nb = 'y'");
    }

    @Test
    void endsAnOpenLiteralAtItsLine() {
        assertThat(contents("a = 'x\nb = 'y'")).containsExactly("x", "y");
        assertThat(contents("a = '''x")).containsExactly("x");
        assertThat(contents("a = 'x\\")).containsExactly("x\\");
    }

    private static List<String> contents(String text) {
        return PythonText.of(text).literals().stream().map(PythonText.Literal::content).toList();
    }
}
