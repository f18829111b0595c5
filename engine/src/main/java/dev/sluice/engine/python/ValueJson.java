package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.engine.rules.Callable;
import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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
                    case "$fn" -> readCallable(json).toValue();
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
        write(json, value, Map.of());
    }

    /**
     * @param pickles of live objects by handle, for a reader that has no handles
     */
    static void write(JsonGenerator json, Value value, Map<Integer, String> pickles)
            throws IOException {
        new ValueWriter(json, pickles).write(value);
    }
}
