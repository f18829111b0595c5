package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.runs.JsonLines;
import dev.sluice.engine.view.JobView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** The jobs of a run's plan, filtered, page by page in the order of their rows. */
final class JobsResource {
    static final List<String> WORDS =
            List.of("state", "rule", "executor", "wildcard", "q", "after", "limit");

    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Looking looking;

    JobsResource(Looking looking) {
        this.looking = looking;
    }

    Answer list(Request request) {
        int after = request.query().count("after", -1, -1, Integer.MAX_VALUE);
        int limit = request.query().count("limit", USUAL, 1, MOST);
        return looking.at(
                request,
                seen -> {
                    var filter = JobFilter.of(request.query(), seen.rows());
                    return Answer.object(json -> page(json, seen.rows(), filter, after, limit));
                });
    }

    private static void page(
            JsonGenerator json, JobRows rows, JobFilter filter, int after, int limit)
            throws IOException {
        int total = 0;
        int written = 0;
        int last = -1;
        boolean more = false;
        json.writeArrayFieldStart("jobs");
        for (int row = 0; row < rows.count(); row++) {
            if (filter.takes(rows, row)) {
                total++;
                if (row > after && written < limit) {
                    job(json, rows, row);
                    written++;
                    last = row;
                } else if (row > after) {
                    more = true;
                }
            }
        }
        json.writeEndArray();
        JsonLines.number(json, "next", more ? last : -1);
        json.writeNumberField("total", total);
    }

    private static @Nullable String executor(JobRows rows, int row) {
        int executor = rows.executorIndex(row);
        return executor < rows.executors().size() ? rows.executors().get(executor) : null;
    }

    private static void job(JsonGenerator json, JobRows rows, int row) throws IOException {
        JobView view = rows.job(row);
        json.writeStartObject();
        json.writeNumberField("row", row);
        json.writeStringField("job", rows.key(row).text());
        json.writeStringField("rule", rows.rule(row));
        JsonLines.texts(json, "wildcards", rows.wildcards(row));
        JsonLines.texts(json, "output", rows.outputs(row));
        json.writeStringField("state", rows.state(row).word());
        json.writeNumberField("attempts", rows.attempts(row));
        JsonLines.text(json, "executor", executor(rows, row));
        JsonLines.time(json, "started", rows.started(row));
        JsonLines.time(json, "running", rows.running(row));
        JsonLines.time(json, "ended", rows.ended(row));
        JsonLines.text(json, "failure", view == null ? null : view.failure());
        json.writeEndObject();
    }
}
