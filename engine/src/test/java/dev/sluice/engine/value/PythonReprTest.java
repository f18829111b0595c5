package dev.sluice.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class PythonReprTest {
    private static final Value X = new Value.Text("x");

    @Test
    void aNumberHasTheFewestDigitsThatGiveItBack() {
        assertThat(PythonRepr.real(0.1)).isEqualTo("0.1");
        assertThat(PythonRepr.real(1e15)).isEqualTo("1000000000000000.0");
        assertThat(PythonRepr.real(1e16)).isEqualTo("1e+16");
        assertThat(PythonRepr.real(0.0001)).isEqualTo("0.0001");
        assertThat(PythonRepr.real(0.00001)).isEqualTo("1e-05");
        assertThat(PythonRepr.real(Double.MIN_VALUE)).isEqualTo("5e-324");
        assertThat(PythonRepr.real(-0.0)).isEqualTo("-0.0");
        assertThat(PythonRepr.real(2e23)).isEqualTo("2e+23");
    }

    @Test
    void aStringIsInTheQuotesThatNeedNoEscape() {
        assertThat(PythonRepr.quoted("it's")).isEqualTo("\"it's\"");
        assertThat(PythonRepr.quoted("it's \"so\"")).isEqualTo("'it\\'s \"so\"'");
        assertThat(PythonRepr.quoted("a\n\u0007é\u200b\u2028"))
                .isEqualTo("'a\\n\\x07é\\u200b\\u2028'");
    }

    @Test
    void containersWriteWhatIsInsideAsLiterals() {
        assertThat(PythonRepr.str(X)).isEqualTo("x");
        assertThat(PythonRepr.str(new Value.ListOf(List.of(X, new Value.Nothing()))))
                .isEqualTo("['x', None]");
        assertThat(PythonRepr.repr(new Value.TupleOf(List.of(X)))).isEqualTo("('x',)");
        assertThat(PythonRepr.repr(new Value.SetOf(List.of(), false))).isEqualTo("set()");
        assertThat(PythonRepr.repr(new Value.SetOf(List.of(X), true)))
                .isEqualTo("frozenset({'x'})");
        assertThat(
                        PythonRepr.repr(
                                new Value.MapOf(List.of(new Value.Entry(X, new Value.Bool(true))))))
                .isEqualTo("{'x': True}");
        assertThat(PythonRepr.repr(new Value.RangeOf(0, 4, 2))).isEqualTo("range(0, 4, 2)");
        assertThat(PythonRepr.repr(new Value.PathText("a/b"))).isEqualTo("PosixPath('a/b')");
        assertThat(PythonRepr.repr(new Value.Blob(List.of((byte) 'a', (byte) 0x80, (byte) '\''))))
                .isEqualTo("b\"a\\x80'\"");
    }
}
