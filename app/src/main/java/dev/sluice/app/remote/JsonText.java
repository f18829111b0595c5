package dev.sluice.app.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Small JSON, written. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonText() {}

    /** An object for programs, with the version of its page first. */
    static String object(Fields fields) {
        return text(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("format", 1);
                    fields.write(json);
                    json.writeEndObject();
                });
    }

    static String list(List<String> words) {
        return text(
                json -> {
                    json.writeStartArray();
                    for (String word : words) {
                        json.writeString(word);
                    }
                    json.writeEndArray();
                });
    }

    private static String text(Fields fields) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            fields.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
