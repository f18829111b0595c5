package dev.sluice.app.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.sluice.app.submit.BadBundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file {@code NAME.sluice.json} beside what was dropped: what came of it. */
final class DropResult {
    static final String SUFFIX = ".sluice.json";

    private DropResult() {}

    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static Path path(Path folder, String name) {
        return folder.resolve(name + SUFFIX);
    }

    static void write(Path folder, String name, Fields fields) throws IOException {
        WholeFile.write(path(folder, name), json(fields) + "\n");
    }

    static String json(Fields fields) throws IOException {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The run that a result speaks of; null where it speaks of none, or is not there. */
    static @Nullable String runOf(Path result) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(Files.readString(result))) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && "run".equals(json.currentName())) {
                    return json.nextTextValue();
                }
            }
            return null;
        } catch (NoSuchFileException | com.fasterxml.jackson.core.JacksonException gone) {
            return null;
        }
    }

    static void refused(Path folder, String name, BadBundle bad, Path now) throws IOException {
        write(
                folder,
                name,
                json -> {
                    json.writeStringField("state", "refused");
                    json.writeStringField("title", bad.title());
                    json.writeStringField("detail", bad.detail());
                    if (bad.hint() != null) {
                        json.writeStringField("hint", bad.hint());
                    }
                    json.writeStringField("bundle", folder.relativize(now).toString());
                });
    }
}
