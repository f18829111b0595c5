package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Python values as the helper's protocol writes them: JSON, with one-key objects for what JSON has
 * no word for.
 */
final class ValueJson {
    private ValueJson() {}

    static Value read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Value.Text(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> new Value.Real(json.getDoubleValue());
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> new Value.Nothing();
            case START_ARRAY -> new Value.ListOf(Json.list(json, ValueJson::read));
            case START_OBJECT -> {
                json.nextToken();
                yield restOfObject(json);
            }
            default -> throw new JsonTrouble("no value begins with " + json.currentToken());
        };
    }

    private static Value integer(JsonParser json) throws IOException {
        if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return new Value.Int(json.getLongValue());
        }
        String digits = json.getBigIntegerValue().toString();
        return new Value.Opaque("int", digits, digits, null, -1);
    }

    /** Reads an object of which the parser stands on the first field name, or on the end. */
    private static Value restOfObject(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().startsWith("$")) {
            return tagged(json);
        }
        List<Value.Entry> entries = new ArrayList<>();
        Json.restOfFields(
                json, name -> entries.add(new Value.Entry(new Value.Text(name), read(json))));
        return new Value.MapOf(entries);
    }

    private static Value tagged(JsonParser json) throws IOException {
        String tag = json.currentName();
        json.nextToken();
        Value value =
                switch (tag) {
                    case "$t" -> new Value.TupleOf(Json.list(json, ValueJson::read));
                    case "$d", "$od" -> new Value.MapOf(Json.list(json, ValueJson::entry));
                    case "$s" -> new Value.SetOf(Json.list(json, ValueJson::read), false);
                    case "$fs" -> new Value.SetOf(Json.list(json, ValueJson::read), true);
                    case "$b" -> blob(Json.text(json));
                    case "$f" -> new Value.Real(real(Json.text(json)));
                    case "$p" -> new Value.PathText(Json.text(json));
                    case "$n" -> scalar(json);
                    case "$r" -> range(Json.list(json, JsonParser::getLongValue));
                    case "$c" -> {
                        String text = Json.text(json);
                        yield new Value.Opaque("complex", text, text, null, -1);
                    }
                    case "$o" -> opaque(json);
                    default -> throw new JsonTrouble("unknown kind of value " + tag);
                };
        json.nextToken();
        Json.expect(json, JsonToken.END_OBJECT);
        return value;
    }

    private static Value.Entry entry(JsonParser json) throws IOException {
        List<Value> pair = Json.list(json, ValueJson::read);
        return new Value.Entry(pair.get(0), pair.get(1));
    }

    private static Value blob(String base64) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Base64.getDecoder().decode(base64)) {
            bytes.add(b);
        }
        return new Value.Blob(bytes);
    }

    private static double real(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    private static Value range(List<Long> range) {
        return new Value.RangeOf(range.get(0), range.get(1), range.get(2));
    }

    private static Value scalar(JsonParser json) throws IOException {
        var read =
                new Object() {
                    String type = "";
                    Value value = new Value.Nothing();
                };
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "type" -> read.type = Json.text(json);
                        case "value" -> read.value = read(json);
                        default -> {}
                    }
                });
        return new Value.Scalar(read.type, read.value);
    }

    private static Value opaque(JsonParser json) throws IOException {
        var read =
                new Object() {
                    String type = "";
                    String repr = "";
                    String str = "";
                    @Nullable String hash;
                    int handle = -1;
                };
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "type" -> read.type = Json.text(json);
                        case "repr" -> read.repr = Json.text(json);
                        case "str" -> read.str = Json.text(json);
                        case "hash" -> read.hash = Json.textOrNull(json);
                        case "handle" -> read.handle = Json.number(json, -1);
                        default -> {}
                    }
                });
        return new Value.Opaque(read.type, read.repr, read.str, read.hash, read.handle);
    }

    /** A value, or a function that computes it. */
    static Setting readSetting(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return new Setting.Literal(read(json));
        }
        json.nextToken();
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("$fn")) {
            json.nextToken();
            Callable function = readCallable(json);
            json.nextToken();
            Json.expect(json, JsonToken.END_OBJECT);
            return new Setting.Computed(function);
        }
        return new Setting.Literal(restOfObject(json));
    }

    static Callable readCallable(JsonParser json) throws IOException {
        CallableFields read = new CallableFields();
        Json.fields(json, name -> read.take(json, name));
        return read.callable();
    }

    /** What makes a callable, met field by field among others. */
    static final class CallableFields {
        private int handle = -1;
        private List<String> arguments = List.of();
        private String source = "";

        boolean take(JsonParser json, String name) throws IOException {
            switch (name) {
                case "fn" -> handle = json.getIntValue();
                case "args" -> arguments = Json.list(json, Json::text);
                case "src" -> source = Json.text(json);
                default -> {
                    return false;
                }
            }
            return true;
        }

        boolean found() {
            return handle >= 0;
        }

        Callable callable() {
            return new Callable(handle, arguments, source);
        }
    }

    static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Nothing() -> json.writeNull();
            case Value.Bool(boolean bool) -> json.writeBoolean(bool);
            case Value.Int(long number) -> json.writeNumber(number);
            case Value.Real(double number) -> writeReal(json, number);
            case Value.Text(String text) -> json.writeString(text);
            case Value.Blob(List<Byte> bytes) -> writeBlob(json, bytes);
            case Value.PathText(String text) ->
                    writeTagged(json, "$p", () -> json.writeString(text));
            case Value.ListOf(List<Value> items) -> writeAll(json, items);
            case Value.TupleOf(List<Value> items) ->
                    writeTagged(json, "$t", () -> writeAll(json, items));
            case Value.SetOf(List<Value> items, boolean frozen) ->
                    writeTagged(json, frozen ? "$fs" : "$s", () -> writeAll(json, items));
            case Value.MapOf map -> writeMap(json, map);
            case Value.RangeOf(long start, long stop, long step) ->
                    writeTagged(
                            json,
                            "$r",
                            () -> json.writeArray(new long[] {start, stop, step}, 0, 3));
            case Value.Scalar(String type, Value inner) ->
                    writeTagged(json, "$n", () -> writeScalar(json, type, inner));
            case Value.Opaque opaque -> writeOpaque(json, opaque);
        }
    }

    private interface Content {
        void write() throws IOException;
    }

    private static void writeTagged(JsonGenerator json, String tag, Content content)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName(tag);
        content.write();
        json.writeEndObject();
    }

    private static void writeReal(JsonGenerator json, double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            String text = Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
            writeTagged(json, "$f", () -> json.writeString(text));
        }
    }

    private static void writeBlob(JsonGenerator json, List<Byte> bytes) throws IOException {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        writeTagged(json, "$b", () -> json.writeString(Base64.getEncoder().encodeToString(array)));
    }

    private static void writeAll(JsonGenerator json, List<Value> items) throws IOException {
        json.writeStartArray();
        for (Value item : items) {
            write(json, item);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Value.MapOf map) throws IOException {
        boolean plain =
                map.entries().stream()
                        .allMatch(
                                e ->
                                        e.key() instanceof Value.Text(String key)
                                                && !key.startsWith("$"));
        if (!plain) {
            writeTagged(json, "$d", () -> writePairs(json, map.entries()));
            return;
        }
        json.writeStartObject();
        for (Value.Entry entry : map.entries()) {
            json.writeFieldName(((Value.Text) entry.key()).value());
            write(json, entry.value());
        }
        json.writeEndObject();
    }

    private static void writePairs(JsonGenerator json, List<Value.Entry> entries)
            throws IOException {
        json.writeStartArray();
        for (Value.Entry entry : entries) {
            writeAll(json, List.of(entry.key(), entry.value()));
        }
        json.writeEndArray();
    }

    private static void writeScalar(JsonGenerator json, String type, Value inner)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeFieldName("value");
        write(json, inner);
        json.writeEndObject();
    }

    /**
     * Numbers too large for 64 bits and complex numbers have no live object behind them; they go
     * back as they came.
     */
    private static void writeOpaque(JsonGenerator json, Value.Opaque opaque) throws IOException {
        if (opaque.handle() < 0 && opaque.type().equals("int")) {
            json.writeNumber(new BigInteger(opaque.repr()));
        } else if (opaque.handle() < 0 && opaque.type().equals("complex")) {
            writeTagged(json, "$c", () -> json.writeString(opaque.repr()));
        } else {
            writeTagged(
                    json,
                    "$o",
                    () -> {
                        json.writeStartObject();
                        json.writeStringField("type", opaque.type());
                        json.writeStringField("repr", opaque.repr());
                        json.writeNumberField("handle", opaque.handle());
                        json.writeEndObject();
                    });
        }
    }
}
