package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Why a request for a stream gets none. The message is for the user. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;

    private Refusal(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Refusal notFound(String detail) {
        return new Refusal(404, "Not found", detail);
    }

    static Refusal forbidden(String detail) {
        return new Refusal(403, "Not allowed", detail);
    }

    static Refusal badRequest(String detail) {
        return new Refusal(400, "Bad request", detail);
    }

    static Refusal unavailable(String detail) {
        return new Refusal(503, "Not now", detail);
    }

    static Refusal failed() {
        return new Refusal(500, "Internal error", "the run could not be looked at; see the log");
    }

    int status() {
        return status;
    }

    /** As application/problem+json. */
    byte[] json(String instance) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
            json.writeStringField("instance", instance);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
