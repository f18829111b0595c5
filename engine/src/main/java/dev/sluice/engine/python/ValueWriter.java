package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.value.Value;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes one value and what is in it, as {@link ValueJson} has it. */
record ValueWriter(JsonGenerator json, Map<Integer, String> pickles) {
    void write(Value value) throws IOException {
        switch (value) {
            case Value.Nothing() -> json.writeNull();
            case Value.Bool(boolean bool) -> json.writeBoolean(bool);
            case Value.Int(long number) -> json.writeNumber(number);
            case Value.Real(double number) -> writeReal(number);
            case Value.Text(String text) -> json.writeString(text);
            case Value.Blob(List<Byte> bytes) -> writeBlob(bytes);
            case Value.PathText(String text) -> writeTagged("$p", () -> json.writeString(text));
            case Value.ListOf(List<Value> items) -> writeAll(items);
            case Value.TupleOf(List<Value> items) -> writeTagged("$t", () -> writeAll(items));
            case Value.SetOf(List<Value> items, boolean frozen) ->
                    writeTagged(frozen ? "$fs" : "$s", () -> writeAll(items));
            case Value.MapOf map -> writeMap(map);
            case Value.RangeOf(long start, long stop, long step) ->
                    writeTagged("$r", () -> json.writeArray(new long[] {start, stop, step}, 0, 3));
            case Value.Scalar(String type, Value inner) ->
                    writeTagged("$n", () -> writeScalar(type, inner));
            case Value.Opaque opaque -> writeOpaque(opaque);
        }
    }

    private interface Content {
        void write() throws IOException;
    }

    private void writeTagged(String tag, Content content) throws IOException {
        json.writeStartObject();
        json.writeFieldName(tag);
        content.write();
        json.writeEndObject();
    }

    private void writeReal(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            String text = Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
            writeTagged("$f", () -> json.writeString(text));
        }
    }

    private void writeBlob(List<Byte> bytes) throws IOException {
        byte[] array = new byte[bytes.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = bytes.get(i);
        }
        writeTagged("$b", () -> json.writeString(Base64.getEncoder().encodeToString(array)));
    }

    private void writeAll(List<Value> items) throws IOException {
        json.writeStartArray();
        for (Value item : items) {
            write(item);
        }
        json.writeEndArray();
    }

    private void writeMap(Value.MapOf map) throws IOException {
        boolean plain =
                map.entries().stream()
                        .allMatch(
                                e ->
                                        e.key() instanceof Value.Text(String key)
                                                && !key.startsWith("$"));
        if (!plain) {
            writeTagged("$d", () -> writePairs(map.entries()));
            return;
        }
        json.writeStartObject();
        for (Value.Entry entry : map.entries()) {
            json.writeFieldName(((Value.Text) entry.key()).value());
            write(entry.value());
        }
        json.writeEndObject();
    }

    private void writePairs(List<Value.Entry> entries) throws IOException {
        json.writeStartArray();
        for (Value.Entry entry : entries) {
            writeAll(List.of(entry.key(), entry.value()));
        }
        json.writeEndArray();
    }

    private void writeScalar(String type, Value inner) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeFieldName("value");
        write(inner);
        json.writeEndObject();
    }

    /**
     * Numbers too large for 64 bits and complex numbers have no live object behind them; they go
     * back as they came.
     */
    private void writeOpaque(Value.Opaque opaque) throws IOException {
        if (opaque.handle() < 0 && opaque.type().equals("int")) {
            json.writeNumber(new BigInteger(opaque.repr()));
        } else if (opaque.handle() < 0 && opaque.type().equals("complex")) {
            writeTagged("$c", () -> json.writeString(opaque.repr()));
        } else {
            writeTagged(
                    "$o",
                    () -> {
                        json.writeStartObject();
                        json.writeStringField("type", opaque.type());
                        json.writeStringField("repr", opaque.repr());
                        json.writeNumberField("handle", opaque.handle());
                        String pickle = pickles.get(opaque.handle());
                        if (pickle != null) {
                            json.writeStringField("pickle", pickle);
                        }
                        json.writeEndObject();
                    });
        }
    }
}
