package dev.sluice.app.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;

/** The description of the API, as it is packed with the program. */
final class OpenApiResource {
    private static final String FILE = "openapi.json";

    private final byte[] description;

    OpenApiResource() {
        try (InputStream in = OpenApiResource.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not packed with the program");
            }
            description = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer description(Request request) {
        return new Answer(200, Answer.JSON, new LinkedHashMap<>(), description);
    }
}
