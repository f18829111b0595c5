package dev.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.value.Value;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class ValueJsonTest {
    static List<Value> values() {
        Value text = new Value.Text("é\u2028\"\\ \uD83D\uDE00 \uDC80");
        return List.of(
                new Value.Nothing(),
                new Value.Bool(true),
                new Value.Int(Long.MIN_VALUE),
                new Value.Opaque("int", "99999999999999999999", "99999999999999999999", null, -1),
                new Value.Real(0.1),
                new Value.Real(3.0),
                new Value.Real(Double.NEGATIVE_INFINITY),
                new Value.Real(Double.NaN),
                text,
                new Value.Blob(List.of((byte) 0, (byte) -1)),
                new Value.PathText("a/b"),
                new Value.ListOf(List.of(text, new Value.ListOf(List.of()))),
                new Value.TupleOf(List.of(text)),
                new Value.SetOf(List.of(text), false),
                new Value.SetOf(List.of(), true),
                new Value.MapOf(List.of()),
                new Value.MapOf(List.of(new Value.Entry(new Value.Text("k"), text))),
                new Value.MapOf(List.of(new Value.Entry(new Value.Text("$t"), text))),
                new Value.MapOf(List.of(new Value.Entry(new Value.Int(1), text))),
                new Value.RangeOf(0, -4, -2),
                new Value.Scalar("numpy.int64", new Value.Int(3)),
                new Value.Opaque("complex", "(1+2j)", "(1+2j)", null, -1));
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackAsItWent(Value value) throws Exception {
        byte[] bytes = Json.write(json -> ValueJson.write(json, value));
        try (var json = Json.parser(bytes)) {
            assertThat(ValueJson.read(json)).isEqualTo(value);
        }
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).matches("\\p{ASCII}*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$o\":{\"type\":\"DataFrame\",\"repr\":\"r\",\"str\":\"s\",\"hash\":\"h\",\"handle\":7}}",
            })
    void aLiveObjectKeepsItsHandle(String text) throws Exception {
        try (var json = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            assertThat(ValueJson.read(json))
                    .isEqualTo(new Value.Opaque("DataFrame", "r", "s", "h", 7));
        }
    }
}
