package dev.sluice.app.catalogue;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Rows for programs, in the fields of docs/json.md. */
public final class RowJson {
    private RowJson() {}

    /** Fields only: the object is begun and ended by the caller. */
    public static void fields(JsonGenerator json, CatalogueRow row) throws IOException {
        json.writeStringField("run", row.id());
        json.writeStringField("name", row.name());
        json.writeStringField("owner", row.owner());
        json.writeStringField("state", row.state());
        json.writeArrayFieldStart("words");
        for (String word : row.words()) {
            json.writeString(word);
        }
        json.writeEndArray();
        json.writeNumberField("bytes", row.bytes());
        time(json, "submitted", row.submitted());
        time(json, "started", row.started());
        time(json, "ended", row.ended());
        time(json, "last_fact", row.lastFact());
        json.writeNumberField("done", row.done());
        json.writeNumberField("total", row.total());
        json.writeNumberField("failures", row.failures());
        json.writeNumberField("retries", row.retries());
        json.writeNumberField("running_jobs", row.running());
        json.writeNumberField("queued_jobs", row.queued());
    }

    /** Null where it is not known. */
    private static void time(JsonGenerator json, String field, long millis) throws IOException {
        json.writeStringField(
                field,
                millis < 0
                        ? null
                        : DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis)));
    }
}
