package dev.sluice.app.show;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import java.io.IOException;
import java.util.List;

/**
 * Writes Python values as plain JSON, for scripts: paths as strings, tuples and sets as lists, NaN
 * and infinities as strings, what JSON does not know as {@code "<TypeName>"}. Cannot be read back;
 * the helper's protocol can.
 */
final class ValueJson {
    private ValueJson() {}

    static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Nothing nothing -> json.writeNull();
            case Value.Bool(boolean on) -> json.writeBoolean(on);
            case Value.Int(long number) -> json.writeNumber(number);
            case Value.Real(double number) -> real(json, value, number);
            case Value.Text(String text) -> json.writeString(text);
            case Value.PathText(String text) -> json.writeString(text);
            case Value.Blob blob -> json.writeString("<bytes>");
            case Value.ListOf(List<Value> items) -> list(json, items);
            case Value.TupleOf(List<Value> items) -> list(json, items);
            case Value.SetOf(List<Value> items, boolean frozen) -> list(json, items);
            case Value.MapOf(List<Value.Entry> entries) -> map(json, entries);
            case Value.RangeOf range -> range(json, range);
            case Value.Scalar(String type, Value plain) -> write(json, plain);
            case Value.Opaque opaque -> json.writeString("<" + simple(opaque.type()) + ">");
        }
    }

    private static void real(JsonGenerator json, Value value, double number) throws IOException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            json.writeString(PythonRepr.str(value));
        } else {
            json.writeRawValue(PythonRepr.repr(value));
        }
    }

    private static void list(JsonGenerator json, List<Value> items) throws IOException {
        json.writeStartArray();
        for (Value item : items) {
            write(json, item);
        }
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, List<Value.Entry> entries) throws IOException {
        json.writeStartObject();
        for (Value.Entry entry : entries) {
            json.writeFieldName(PythonRepr.str(entry.key()));
            write(json, entry.value());
        }
        json.writeEndObject();
    }

    private static void range(JsonGenerator json, Value.RangeOf range) throws IOException {
        json.writeStartArray();
        for (long i = range.start();
                range.step() > 0 ? i < range.stop() : i > range.stop();
                i += range.step()) {
            json.writeNumber(i);
        }
        json.writeEndArray();
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
