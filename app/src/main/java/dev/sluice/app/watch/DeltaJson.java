package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.view.JobColumns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * What changed behind a position: the rows with all their latest values, in columns. Times as in a
 * snapshot. With a row come all of its earlier attempts that are told at all, in the place of those
 * told before. Where rows came behind those there were, {@code size} says how many there are now
 * and {@code rule} is one column more.
 */
final class DeltaJson {
    private DeltaJson() {}

    static byte[] since(long position, Moment moment) {
        JobColumns jobs = moment.folded().jobs();
        int[] rows = jobs.changedSince(position);
        boolean grown = false;
        for (int row : rows) {
            grown |= jobs.isNewSince(row, position);
        }
        var bytes = new ByteArrayOutputStream(256 + 40 * rows.length);
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("seq", Seq.of(jobs).text());
            column(json, "rows", rows, row -> row);
            column(json, "state", rows, row -> jobs.state(row).code());
            column(json, "executor", rows, jobs::executor);
            column(json, "attempts", rows, row -> Math.min(255, jobs.attempts(row)));
            column(json, "started", rows, row -> Integer.toUnsignedLong(jobs.started(row)));
            column(json, "running", rows, row -> Integer.toUnsignedLong(jobs.running(row)));
            column(json, "ended", rows, row -> Integer.toUnsignedLong(jobs.ended(row)));
            if (grown) {
                json.writeNumberField("size", jobs.rows());
                column(json, "rule", rows, jobs::ruleIndex);
            }
            json.writeArrayFieldStart("earlier");
            for (int row : rows) {
                earlier(json, jobs, row);
            }
            json.writeEndArray();
            if (jobs.hasNewExecutorsSince(position)) {
                texts(json, "executors", jobs.executors());
            }
            moment.head(json);
            json.writeNumberField("now", moment.now());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** How many there were. */
    static int earlier(JsonGenerator json, JobColumns jobs, int row) throws IOException {
        List<JobColumns.Earlier> attempts = jobs.earlier(row);
        for (JobColumns.Earlier attempt : attempts) {
            json.writeStartArray();
            json.writeNumber(attempt.row());
            json.writeNumber(Integer.toUnsignedLong(attempt.started()));
            json.writeNumber(Integer.toUnsignedLong(attempt.running()));
            json.writeNumber(Integer.toUnsignedLong(attempt.ended()));
            json.writeNumber(attempt.state().code());
            json.writeNumber(attempt.executor());
            json.writeEndArray();
        }
        return attempts.size();
    }

    static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void column(
            JsonGenerator json, String field, int[] rows, IntToLongFunction values)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (int row : rows) {
            json.writeNumber(values.applyAsLong(row));
        }
        json.writeEndArray();
    }
}
