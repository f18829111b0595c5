package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Objects for programs, one a line. Their fields are documented in docs/json.md; the first one of
 * each line, {@code format}, is the version of that page's section.
 */
public final class JsonLines {
    /** Of all lines that commands over runs print. */
    public static final int FORMAT = 1;

    private final PrintStream out;
    private final JsonGenerator json;

    @FunctionalInterface
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    public JsonLines(PrintStream out) {
        this.out = out;
        try {
            json = new JsonFactory().createGenerator(out);
            json.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints one object; it has reached {@code out} when this returns. */
    public void line(Fields fields) {
        try {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            fields.write(json);
            json.writeEndObject();
            json.flush();
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether whoever reads has gone away. */
    boolean isUnread() {
        return out.checkError();
    }

    public static void texts(JsonGenerator json, String field, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    public static void texts(JsonGenerator json, String field, Map<String, String> texts)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (var each : texts.entrySet()) {
            json.writeStringField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    /** Null where {@code text} is empty. */
    public static void text(JsonGenerator json, String field, @Nullable String text)
            throws IOException {
        json.writeStringField(field, text == null || text.isEmpty() ? null : text);
    }

    /** Null where the time is not known. */
    public static void time(JsonGenerator json, String field, long millis) throws IOException {
        json.writeStringField(field, millis < 0 ? null : Times.iso(millis));
    }

    /** Null where it is below zero, that is not known. */
    public static void number(JsonGenerator json, String field, long number) throws IOException {
        if (number < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, number);
        }
    }

    /** Null where it is below zero, that is not known. */
    public static void seconds(JsonGenerator json, String field, long millis) throws IOException {
        if (millis < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, millis / 1000.0);
        }
    }
}
