package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.runs.JsonLines;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RowState;
import dev.sluice.engine.view.RunHead;

import java.io.IOException;
import java.util.List;

/** The run as a whole, as snapshots, deltas and the stream of all runs tell it. */
final class RunHeadJson {
    private static final int FAILED_TOLD = 20;

    private RunHeadJson() {}

    /** The {@code head} of a snapshot and of a delta. */
    static void head(JsonGenerator json, HostedRun run, Folded folded, String state, String trouble)
            throws IOException {
        RunHead head = folded.head();
        json.writeObjectFieldStart("head");
        json.writeStringField("run", run.id());
        json.writeStringField("name", run.submission().name());
        json.writeStringField("owner", run.submission().owner());
        json.writeStringField("state", state);
        counts(json, folded);
        json.writeNumberField("running", running(folded.jobs()));
        json.writeNumberField("queued", queued(folded.jobs()));
        times(json, head);
        json.writeBooleanField("stopping", head.stopping());
        json.writeNumberField("warned", head.warned());
        failed(json, folded);
        if (!trouble.isEmpty()) {
            json.writeStringField("diagnosis", trouble);
        }
        json.writeEndObject();
    }

    /** A row of {@code GET /api/v1/runs}. */
    static void row(JsonGenerator json, HostedRun run, Folded folded, String state)
            throws IOException {
        var submission = run.submission();
        json.writeStartObject();
        json.writeStringField("run", run.id());
        json.writeStringField("name", submission.name());
        json.writeStringField("owner", submission.owner());
        json.writeStringField("state", state);
        JsonLines.texts(json, "words", submission.words());
        json.writeNumberField("bytes", submission.bytes());
        JsonLines.time(json, "submitted", submission.received().toEpochMilli());
        times(json, folded.head());
        JsonLines.time(json, "last_fact", folded.head().lastMillis());
        counts(json, folded);
        json.writeNumberField("queued_jobs", queued(folded.jobs()));
        json.writeNumberField("running_jobs", running(folded.jobs()));
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Folded folded) throws IOException {
        json.writeNumberField("done", folded.counts().done());
        json.writeNumberField("total", folded.counts().total());
        json.writeNumberField("failures", folded.counts().failures());
        json.writeNumberField("retries", folded.counts().retries());
    }

    private static void times(JsonGenerator json, RunHead head) throws IOException {
        JsonLines.time(json, "started", head.startedMillis());
        JsonLines.time(json, "ended", head.outcome() == null ? -1 : head.lastMillis());
    }

    private static int queued(JobColumns jobs) {
        return jobs.count(RowState.QUEUED);
    }

    private static int running(JobColumns jobs) {
        return jobs.count(RowState.STAGING)
                + jobs.count(RowState.RUNNING)
                + jobs.count(RowState.ENDING);
    }

    private static void failed(JsonGenerator json, Folded folded) throws IOException {
        List<JobView> failed = folded.view().failed();
        json.writeArrayFieldStart("failed");
        for (JobView job : failed.subList(0, Math.min(FAILED_TOLD, failed.size()))) {
            int row = folded.jobs().row(job.key());
            AttemptView last = job.lastAttempt();
            json.writeStartObject();
            json.writeNumberField("row", row);
            json.writeStringField("job", job.key().text());
            json.writeStringField("title", row < 0 ? job.title() : folded.jobs().title(row));
            json.writeStringField("failure", job.failure());
            json.writeNumberField("attempt", last == null ? 0 : last.number());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
