package dev.sluice.app.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;

import dev.sluice.engine.value.Value;
import dev.sluice.engine.value.Value.Bool;
import dev.sluice.engine.value.Value.Entry;
import dev.sluice.engine.value.Value.Int;
import dev.sluice.engine.value.Value.ListOf;
import dev.sluice.engine.value.Value.MapOf;
import dev.sluice.engine.value.Value.Nothing;
import dev.sluice.engine.value.Value.Opaque;
import dev.sluice.engine.value.Value.PathText;
import dev.sluice.engine.value.Value.RangeOf;
import dev.sluice.engine.value.Value.Real;
import dev.sluice.engine.value.Value.Scalar;
import dev.sluice.engine.value.Value.SetOf;
import dev.sluice.engine.value.Value.Text;
import dev.sluice.engine.value.Value.TupleOf;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

final class ValueJsonTest {
    @Test
    void writesWhatJsonKnowsAsItself() throws IOException {
        assertThat(json(new Nothing())).isEqualTo("null");
        assertThat(json(new Bool(true))).isEqualTo("true");
        assertThat(json(new Int(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(json(new Text("a \"b\" ü\n"))).isEqualTo("\"a \\\"b\\\" ü\\n\"");
    }

    @Test
    void writesFloatsWithPythonsDigits() throws IOException {
        assertThat(json(new Real(1))).isEqualTo("1.0");
        assertThat(json(new Real(0.1))).isEqualTo("0.1");
        assertThat(json(new Real(1e16))).isEqualTo("1e+16");
        assertThat(json(new Real(2e-7))).isEqualTo("2e-07");
    }

    @Test
    void writesFloatsThatJsonLacksAsText() throws IOException {
        assertThat(json(new Real(Double.NaN))).isEqualTo("\"nan\"");
        assertThat(json(new Real(Double.NEGATIVE_INFINITY))).isEqualTo("\"-inf\"");
    }

    @Test
    void writesAllSequencesAsLists() throws IOException {
        List<Value> items = List.of(new Int(1), new Text("x"));
        assertThat(json(new ListOf(items))).isEqualTo("[1,\"x\"]");
        assertThat(json(new TupleOf(items))).isEqualTo("[1,\"x\"]");
        assertThat(json(new SetOf(items, false))).isEqualTo("[1,\"x\"]");
        assertThat(json(new RangeOf(0, 5, 2))).isEqualTo("[0,2,4]");
        assertThat(json(new RangeOf(3, 0, -1))).isEqualTo("[3,2,1]");
        assertThat(json(new ListOf(List.of()))).isEqualTo("[]");
    }

    @Test
    void writesMapsInTheirOwnOrderWithKeysAsText() throws IOException {
        var map =
                new MapOf(
                        List.of(
                                new Entry(new Text("z"), new Int(1)),
                                new Entry(new Int(2), new Nothing()),
                                new Entry(new Bool(true), new ListOf(List.of()))));
        assertThat(json(map)).isEqualTo("{\"z\":1,\"2\":null,\"True\":[]}");
    }

    @Test
    void writesPathsAndNumpyScalarsAsWhatTheyStandFor() throws IOException {
        assertThat(json(new PathText("a/b"))).isEqualTo("\"a/b\"");
        assertThat(json(new Scalar("numpy.int64", new Int(3)))).isEqualTo("3");
    }

    @Test
    void namesTheTypeOfWhatItCannotWrite() throws IOException {
        assertThat(json(new Opaque("pandas.core.frame.DataFrame", "…", "…", null, 4)))
                .isEqualTo("\"<DataFrame>\"");
        assertThat(json(new Value.Blob(List.of((byte) 1)))).isEqualTo("\"<bytes>\"");
    }

    private static String json(Value value) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            ValueJson.write(json, value);
        }
        return text.toString();
    }
}
