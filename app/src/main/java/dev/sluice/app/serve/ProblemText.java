package dev.sluice.app.serve;

import com.fasterxml.jackson.core.JsonFactory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A problem (RFC 9457) that is met before the API is reached. */
final class ProblemText {
    private static final JsonFactory JSON = new JsonFactory();

    private ProblemText() {}

    static String of(int status, String title, String hint, @Nullable String path) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", title);
            json.writeStringField("hint", hint);
            json.writeStringField("instance", path == null ? "" : path);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
