package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.RowState;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/**
 * A whole run as columns, for a page's typed arrays: {@code SLU1}, the length of a header, the
 * header as JSON, then state, executor and attempts as bytes, rule as u16, started, running and
 * ended as u32. Little endian; each part begins at a multiple of four.
 */
final class SnapshotBytes {
    /** Attempts before the last that a snapshot tells, at most. */
    private static final int EARLIER_TOLD = 20_000;

    private static final byte[] MAGIC = "SLU1".getBytes(StandardCharsets.US_ASCII);

    private SnapshotBytes() {}

    static byte[] of(Moment moment) {
        JobColumns jobs = moment.folded().jobs();
        byte[] header = header(moment);
        int rows = jobs.rows();
        var bytes =
                ByteBuffer.allocate(
                                MAGIC.length
                                        + Integer.BYTES
                                        + padded(header.length)
                                        + 3 * padded(rows)
                                        + padded(2 * rows)
                                        + 3 * Integer.BYTES * rows)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(padded(header.length)).put(header);
        while (bytes.position() % 4 != 0) {
            bytes.put((byte) ' ');
        }
        column(bytes, rows, row -> jobs.state(row).code());
        column(bytes, rows, jobs::executor);
        column(bytes, rows, row -> Math.min(255, jobs.attempts(row)));
        for (int row = 0; row < rows; row++) {
            bytes.putShort((short) jobs.ruleIndex(row));
        }
        pad(bytes);
        for (int row = 0; row < rows; row++) {
            bytes.putInt(jobs.started(row));
        }
        for (int row = 0; row < rows; row++) {
            bytes.putInt(jobs.running(row));
        }
        for (int row = 0; row < rows; row++) {
            bytes.putInt(jobs.ended(row));
        }
        return bytes.array();
    }

    private static void column(ByteBuffer bytes, int rows, IntUnaryOperator values) {
        for (int row = 0; row < rows; row++) {
            bytes.put((byte) values.applyAsInt(row));
        }
        pad(bytes);
    }

    private static byte[] header(Moment moment) {
        JobColumns jobs = moment.folded().jobs();
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("seq", Seq.of(jobs).text());
            json.writeNumberField("rows", jobs.rows());
            json.writeNumberField("base", jobs.baseMillis());
            json.writeNumberField("now", moment.now());
            json.writeNumberField("plan", moment.folded().plan().plan());
            DeltaJson.texts(json, "rules", jobs.rules());
            DeltaJson.texts(json, "executors", jobs.executors());
            json.writeArrayFieldStart("states");
            for (RowState state : RowState.values()) {
                json.writeString(state.word());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("earlier");
            int told = 0;
            for (int row = jobs.nextWithEarlier(0);
                    row >= 0 && told < EARLIER_TOLD;
                    row = jobs.nextWithEarlier(row + 1)) {
                told += DeltaJson.earlier(json, jobs, row);
            }
            json.writeEndArray();
            moment.head(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static void pad(ByteBuffer bytes) {
        bytes.position(padded(bytes.position()));
    }
}
