package dev.sluice.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.runs.JsonLines;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RowState;
import dev.sluice.engine.view.RunHead;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The run as the page's typed arrays: the same form in which a server sends it. */
final class ReportColumns {
    private static final byte[] MAGIC = "SLU1".getBytes(StandardCharsets.US_ASCII);
    private static final int EARLIER_TOLD = 20_000;
    static final int FAILED_TOLD = 20;

    private final ReportedRun run;
    private final JobColumns jobs;
    private final String title;
    private final long now;

    ReportColumns(ReportedRun run, String title, long now) {
        this.run = run;
        jobs = run.jobs();
        this.title = title;
        this.now = now;
    }

    byte[] bytes() throws IOException {
        byte[] header = header();
        int rows = jobs.rows();
        int length = padded(header.length);
        var bytes =
                ByteBuffer.allocate(
                                MAGIC.length
                                        + Integer.BYTES
                                        + length
                                        + 3 * padded(rows)
                                        + padded(Short.BYTES * rows)
                                        + 3 * Integer.BYTES * rows)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putInt(length).put(header);
        while (bytes.position() % 4 != 0) {
            bytes.put((byte) ' ');
        }
        for (int row = 0; row < rows; row++) {
            bytes.put((byte) jobs.state(row).code());
        }
        pad(bytes);
        for (int row = 0; row < rows; row++) {
            bytes.put((byte) jobs.executor(row));
        }
        pad(bytes);
        for (int row = 0; row < rows; row++) {
            bytes.put((byte) Math.min(255, jobs.attempts(row)));
        }
        pad(bytes);
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

    private byte[] header() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("seq", "");
            json.writeNumberField("rows", jobs.rows());
            json.writeNumberField("base", jobs.baseMillis());
            json.writeNumberField("now", now);
            json.writeNumberField("plan", run.plan().plan());
            JsonLines.texts(json, "rules", jobs.rules());
            JsonLines.texts(json, "executors", jobs.executors());
            json.writeArrayFieldStart("states");
            for (RowState state : RowState.values()) {
                json.writeString(state.word());
            }
            json.writeEndArray();
            earlier(json);
            head(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void earlier(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("earlier");
        int told = 0;
        for (int row = jobs.nextWithEarlier(0);
                row >= 0 && told < EARLIER_TOLD;
                row = jobs.nextWithEarlier(row + 1)) {
            for (JobColumns.Earlier one : jobs.earlier(row)) {
                json.writeStartArray();
                json.writeNumber(one.row());
                json.writeNumber(Integer.toUnsignedLong(one.started()));
                json.writeNumber(Integer.toUnsignedLong(one.running()));
                json.writeNumber(Integer.toUnsignedLong(one.ended()));
                json.writeNumber(one.state().code());
                json.writeNumber(one.executor());
                json.writeEndArray();
                told++;
            }
        }
        json.writeEndArray();
    }

    private void head(JsonGenerator json) throws IOException {
        RunHead head = run.view().head();
        json.writeObjectFieldStart("head");
        json.writeStringField("run", run.folder().id());
        json.writeStringField("name", title);
        json.writeStringField("owner", head.owner());
        json.writeStringField("state", run.standing().state().word());
        json.writeNumberField("done", run.view().counts().done());
        json.writeNumberField("total", run.view().counts().total());
        json.writeNumberField("failures", run.view().counts().failures());
        json.writeNumberField("retries", run.view().counts().retries());
        json.writeNumberField("running", jobs.count(RowState.RUNNING));
        json.writeNumberField("queued", jobs.count(RowState.QUEUED));
        JsonLines.time(json, "started", head.startedMillis());
        JsonLines.time(json, "ended", head.outcome() == null ? -1 : head.lastMillis());
        json.writeBooleanField("stopping", head.stopping());
        json.writeNumberField("warned", head.warned());
        json.writeArrayFieldStart("failed");
        for (JobView job : failedShown(run)) {
            AttemptView last = job.lastAttempt();
            json.writeStartObject();
            json.writeNumberField("row", jobs.row(job.key()));
            json.writeStringField("job", job.key().text());
            json.writeStringField("title", job.title());
            json.writeStringField("failure", job.failure());
            json.writeNumberField("attempt", last == null ? 0 : last.number());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Those whose log stands in the report. */
    static List<JobView> failedShown(ReportedRun run) {
        List<JobView> failed = run.view().failed();
        return failed.subList(0, Math.min(FAILED_TOLD, failed.size()));
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static void pad(ByteBuffer bytes) {
        bytes.position(padded(bytes.position()));
    }
}
