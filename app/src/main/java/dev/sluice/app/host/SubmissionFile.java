package dev.sluice.app.host;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code submission.json} of a run's home: what was asked for, written once and brought to disk.
 */
final class SubmissionFile {
    private static final String NAME = "submission.json";
    private static final JsonFactory JSON = new JsonFactory();

    private SubmissionFile() {}

    static void write(Path home, Submission submission) throws IOException {
        Path file = home.resolve(NAME);
        try (var json = JSON.createGenerator(Files.newBufferedWriter(file))) {
            json.writeStartObject();
            json.writeNumberField("format", 1);
            json.writeStringField("id", submission.id());
            json.writeStringField("owner", submission.owner());
            json.writeStringField("name", submission.name());
            json.writeArrayFieldStart("words");
            for (String word : submission.words()) {
                json.writeString(word);
            }
            json.writeEndArray();
            json.writeStringField("received", submission.received().toString());
            json.writeNumberField("bytes", submission.bytes());
            json.writeEndObject();
        }
        sync(file);
        sync(home);
    }

    static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Null where there is none that is whole: then there is no such run. */
    static @Nullable Submission read(Path home) {
        Path file = home.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        String id = "";
        String owner = "";
        String name = "";
        String received = "";
        long bytes = 0;
        List<String> words = new ArrayList<>();
        try (var json = JSON.createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "id" -> id = json.getText();
                    case "owner" -> owner = json.getText();
                    case "name" -> name = json.getText();
                    case "received" -> received = json.getText();
                    case "bytes" -> bytes = json.getLongValue();
                    case "words" -> {
                        while (json.nextToken() == JsonToken.VALUE_STRING) {
                            words.add(json.getText());
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            return id.isEmpty() || received.isEmpty()
                    ? null
                    : new Submission(id, owner, name, words, Instant.parse(received), bytes);
        } catch (JacksonException | DateTimeException broken) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
