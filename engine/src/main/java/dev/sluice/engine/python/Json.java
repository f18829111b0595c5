package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The plain parts of reading and writing JSON. A reader is called with the parser on the first
 * token of what it reads.
 */
final class Json {
    /**
     * Half characters of names that are not UTF-8 have to survive, so all beyond ASCII is escaped.
     */
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(10_000)
                                    .maxNumberLength(1_000_000)
                                    .build())
                    .build();

    private Json() {}

    interface Reader<T extends @Nullable Object> {
        T read(JsonParser json) throws IOException;
    }

    interface FieldReader {
        void read(String name) throws IOException;
    }

    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] write(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writer.write(json);
        }
        return bytes.toByteArray();
    }

    static JsonParser parser(byte[] bytes) throws IOException {
        JsonParser json = FACTORY.createParser(bytes);
        json.nextToken();
        return json;
    }

    /**
     * Reads an object; the field reader finds the parser on the field's value and may leave it
     * alone.
     */
    static void fields(JsonParser json, FieldReader reader) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            field(json, reader);
        }
    }

    /** Reads on in an object whose first field name is the current token. */
    static void restOfFields(JsonParser json, FieldReader reader) throws IOException {
        while (json.currentToken() != JsonToken.END_OBJECT) {
            field(json, reader);
            json.nextToken();
        }
    }

    private static void field(JsonParser json, FieldReader reader) throws IOException {
        expect(json, JsonToken.FIELD_NAME);
        String name = json.currentName();
        json.nextToken();
        reader.read(name);
        // A value that was read ends on its last token; one that was left alone is skipped here.
        json.skipChildren();
    }

    static <T> List<T> list(JsonParser json, Reader<T> reader) throws IOException {
        List<T> items = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return items;
        }
        expect(json, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(reader.read(json));
        }
        return items;
    }

    static <T extends @Nullable Object> SequencedMap<String, T> map(
            JsonParser json, Reader<T> reader) throws IOException {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            fields(json, name -> map.put(name, reader.read(json)));
        }
        return map;
    }

    static String text(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new JsonTrouble(
                    "expected text but found " + json.currentToken() + " at " + json.currentName());
        }
        return json.getText();
    }

    static @Nullable String textOrNull(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : text(json);
    }

    static int number(JsonParser json, int ifNull) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL ? ifNull : json.getIntValue();
    }

    static boolean flag(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new JsonTrouble(
                    "expected "
                            + token
                            + " but found "
                            + json.currentToken()
                            + " at "
                            + json.currentName());
        }
    }
}
