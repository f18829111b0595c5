package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.runs.JsonLines;
import dev.sluice.app.runs.RunJson;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** One job with its attempts, what it was made with, and the jobs next to it. */
final class JobResource {
    private static final int MOST_NAMED = 50;

    private final Looking looking;
    private final HandedJobs handed;
    private final InstantSource clock;

    JobResource(Looking looking, HandedJobs handed, InstantSource clock) {
        this.looking = looking;
        this.handed = handed;
        this.clock = clock;
    }

    Answer one(Request request) {
        // Read before the watch is held: it may be a long journal.
        return looking.at(
                request,
                run -> handed.find(run, new Key(request.job())),
                (seen, made) -> answer(request, seen, made.orElse(null)));
    }

    private Answer answer(Request request, Looking.Seen seen, @Nullable HandedJob made) {
        var key = new Key(request.job());
        int row = seen.rows().row(key);
        JobView view = seen.folded().view().job(key);
        if (row < 0 && view == null) {
            throw JobName.unknown(request);
        }
        return Answer.object(
                json -> {
                    json.writeNumberField("format", JsonLines.FORMAT);
                    json.writeStringField("run", seen.run().id());
                    JsonLines.number(json, "row", row);
                    if (row >= 0) {
                        planned(json, seen, row, view);
                    } else if (view != null) {
                        earlier(json, view);
                    }
                    attempts(json, view);
                    made(json, seen.rows(), row, made);
                    near(json, seen.rows(), row);
                });
    }

    private static void planned(
            JsonGenerator json, Looking.Seen seen, int row, @Nullable JobView view)
            throws IOException {
        JobRows rows = seen.rows();
        json.writeStringField("job", rows.key(row).text());
        json.writeStringField("rule", rows.rule(row));
        JsonLines.texts(json, "wildcards", rows.wildcards(row));
        JsonLines.texts(json, "output", rows.outputs(row));
        json.writeStringField("state", rows.state(row).word());
        json.writeBooleanField("current", !rows.isRemoved(row));
        JsonLines.text(json, "failure", view == null ? null : view.failure());
        json.writeStringField("title", rows.title(row));
        json.writeStringField("task", rows.task(row).text());
    }

    /** Of an earlier plan, or of a run without a plan file. */
    private static void earlier(JsonGenerator json, JobView view) throws IOException {
        RunJson.job(json, view, false);
        json.writeStringField("title", view.title());
        AttemptView last = view.lastAttempt();
        json.writeStringField("task", (last == null ? view.key() : last.task()).text());
    }

    private void attempts(JsonGenerator json, @Nullable JobView view) throws IOException {
        long now = clock.millis();
        json.writeArrayFieldStart("attempts");
        for (AttemptView attempt : view == null ? List.<AttemptView>of() : view.attempts()) {
            json.writeStartObject();
            RunJson.attempt(json, attempt, now);
            json.writeEndObject();
        }
        json.writeEndArray();
        AttemptView last = view == null ? null : view.lastAttempt();
        JsonLines.text(json, "reason", last == null ? null : last.reason());
    }

    private static void made(JsonGenerator json, JobRows rows, int row, @Nullable HandedJob handed)
            throws IOException {
        if (handed == null) {
            JsonLines.texts(json, "input", row < 0 ? List.of() : rows.inputs(row));
            json.writeNullField("command");
            JsonLines.texts(json, "params", List.of());
            json.writeNullField("software");
            JsonLines.texts(json, "rule_logs", List.of());
            return;
        }
        JsonLines.texts(json, "input", handed.made().inputs());
        JsonLines.text(json, "command", handed.made().command());
        JsonLines.texts(json, "params", handed.made().params());
        JsonLines.text(json, "software", handed.made().software());
        JsonLines.texts(json, "rule_logs", handed.logs());
    }

    private static void near(JsonGenerator json, JobRows rows, int row) throws IOException {
        named(json, "needs", rows, row < 0 ? new int[0] : rows.needs(row));
        named(json, "needed_by", rows, row < 0 ? new int[0] : rows.neededBy(row));
    }

    private static void named(JsonGenerator json, String field, JobRows rows, int[] found)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (int at = 0; at < Math.min(found.length, MOST_NAMED); at++) {
            json.writeStartObject();
            JobName.of(rows, found[at]).write(json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField(field + "_count", found.length);
    }
}
