package dev.sluice.app.host;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * That somebody asked to go on with a run, and what is different this time; there until an engine
 * has written so into the journal. A server that dies in between goes on with it all the same.
 */
final class ResumeRequest {
    private static final JsonFactory JSON = new JsonFactory();

    private ResumeRequest() {}

    static void write(HostedRun run, List<String> words) {
        Path file = file(run);
        Path written = file.resolveSibling("resume.json.new");
        try {
            try (var json = JSON.createGenerator(Files.newBufferedWriter(written))) {
                json.writeStartObject();
                json.writeArrayFieldStart("words");
                for (String word : words) {
                    json.writeString(word);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            SubmissionFile.sync(written);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            SubmissionFile.sync(run.home());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the request: " + e.getMessage(), e);
        }
    }

    /** Null where nobody asked, or an engine has heard it. */
    static @Nullable List<String> read(HostedRun run) {
        Path file = file(run);
        if (!Files.exists(file)) {
            return null;
        }
        List<String> words = new ArrayList<>();
        try (var json = JSON.createParser(file.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    words.add(json.getText());
                }
            }
            return words;
        } catch (JacksonException broken) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static void heard(HostedRun run) {
        try {
            Files.deleteIfExists(file(run));
        } catch (IOException e) {
            // The next start of the server goes on with the run once more, which does no harm.
        }
    }

    private static Path file(HostedRun run) {
        return run.home().resolve("resume.json");
    }
}
