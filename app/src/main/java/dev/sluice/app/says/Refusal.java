package dev.sluice.app.says;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A request that is not carried out; becomes a problem as of RFC 9457. */
final class Refusal extends RuntimeException {
    static final String TYPE = "application/problem+json";

    private static final long serialVersionUID = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private final int status;
    private final String title;
    private final transient @Nullable String hint;

    Refusal(int status, String title, String detail, @Nullable String hint) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.hint = hint;
    }

    /** Words that make no sense, or lead out of the run. */
    static Refusal words(String detail, @Nullable String hint) {
        return new Refusal(422, "These words cannot be", detail, hint);
    }

    static Refusal noRun(String detail, @Nullable String hint) {
        return new Refusal(404, "No such run", detail, hint);
    }

    int status() {
        return status;
    }

    byte[] json(String instance) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
            if (hint != null) {
                json.writeStringField("hint", hint);
            }
            json.writeStringField("instance", instance);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
