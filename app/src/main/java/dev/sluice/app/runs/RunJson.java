package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Runs and jobs as objects for programs. */
public final class RunJson {
    private RunJson() {}

    public static void run(
            JsonGenerator json,
            RunFolder run,
            RunHead head,
            RunCounts counts,
            RunStanding standing,
            long now)
            throws IOException {
        run(json, run.id(), standing.state().word(), head.owner(), head, counts, standing, now);
    }

    /** Where others know better than its facts who owns it and how it stands. */
    public static void run(
            JsonGenerator json,
            String id,
            String state,
            String owner,
            RunHead head,
            RunCounts counts,
            RunStanding standing,
            long now)
            throws IOException {
        json.writeStringField("run", id);
        json.writeStringField("state", state);
        JsonLines.text(json, "holder", standing.holder());
        JsonLines.time(json, "renewed", standing.renewedMillis());
        JsonLines.text(json, "folder", head.folder());
        JsonLines.text(json, "owner", owner);
        JsonLines.time(json, "started", head.startedMillis());
        JsonLines.time(json, "ended", head.outcome() == null ? -1 : head.lastMillis());
        JsonLines.seconds(json, "duration_seconds", RunLength.millis(head, standing, now));
        JsonLines.time(json, "last_fact", head.lastMillis());
        json.writeNumberField("done", counts.done());
        json.writeNumberField("total", counts.total());
        json.writeNumberField("failures", counts.failures());
        json.writeNumberField("retries", counts.retries());
        lives(json, head.lives());
    }

    private static void lives(JsonGenerator json, List<Life> lives) throws IOException {
        json.writeArrayFieldStart("lives");
        for (Life life : lives) {
            json.writeStartObject();
            JsonLines.time(json, "started", life.millis());
            JsonLines.texts(json, "argv", life.argv());
            json.writeStringField("user", life.user());
            json.writeStringField("version", life.version());
            json.writeNumberField("epoch", life.epoch());
            JsonLines.text(json, "launch_folder", life.origin().launchFolder());
            JsonLines.text(json, "host", life.origin().host());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What {@code status} says beyond the run itself. */
    public static void details(JsonGenerator json, RunView view, boolean all, long now)
            throws IOException {
        json.writeNumberField("finished_before", view.finishedBefore());
        json.writeObjectFieldStart("rules");
        for (var rule : view.counts().byRule().entrySet()) {
            json.writeObjectFieldStart(rule.getKey());
            json.writeNumberField("done", rule.getValue().done());
            json.writeNumberField("total", rule.getValue().total());
            json.writeEndObject();
        }
        json.writeEndObject();
        jobs(json, "open_jobs", view, view.open(), now);
        jobs(json, "failed_jobs", view, view.failed(), now);
        if (all) {
            jobs(json, "jobs", view, List.copyOf(view.jobs()), now);
        }
        json.writeNumberField("warned", view.head().warned());
        json.writeArrayFieldStart("warnings");
        for (RunHead.Warning warning : view.head().warnings()) {
            json.writeStartObject();
            JsonLines.time(json, "time", warning.millis());
            json.writeStringField("message", warning.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void jobs(
            JsonGenerator json, String field, RunView view, List<JobView> jobs, long now)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (JobView job : jobs) {
            json.writeStartObject();
            job(json, job, view.isCurrent(job));
            json.writeArrayFieldStart("attempts");
            for (AttemptView attempt : job.attempts()) {
                json.writeStartObject();
                attempt(json, attempt, now);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public static void job(JsonGenerator json, JobView job, boolean current) throws IOException {
        json.writeStringField("job", job.key().text());
        JsonLines.text(json, "rule", job.rule());
        JsonLines.texts(json, "wildcards", job.wildcards());
        JsonLines.texts(json, "output", job.outputs());
        json.writeStringField("state", word(job.state()));
        json.writeBooleanField("current", current);
        JsonLines.text(json, "failure", job.failure());
    }

    public static void attempt(JsonGenerator json, AttemptView attempt, long now)
            throws IOException {
        json.writeStringField("name", attempt.name());
        json.writeNumberField("attempt", attempt.number());
        json.writeNumberField("try", attempt.tryNumber());
        json.writeStringField("state", word(attempt.state()));
        json.writeStringField("executor", attempt.executor());
        json.writeNumberField("threads", attempt.needs().threads());
        json.writeObjectFieldStart("resources");
        for (var resource : attempt.needs().resources().entrySet()) {
            json.writeNumberField(resource.getKey(), resource.getValue());
        }
        json.writeEndObject();
        JsonLines.time(json, "started", attempt.startedMillis());
        JsonLines.time(json, "running", attempt.runningMillis());
        JsonLines.time(json, "ended", attempt.endedMillis());
        JsonLines.seconds(json, "duration_seconds", attempt.durationMillis(now));
        JsonLines.number(json, "exit_code", attempt.exitCode());
        JsonLines.text(json, "failure", attempt.failure());
        JsonLines.text(json, "reason", attempt.reason());
        JsonLines.text(json, "log", attempt.log());
        JsonLines.texts(json, "rule_logs", attempt.ruleLogs());
        JsonLines.seconds(json, "cpu_seconds", attempt.cpuMillis());
        JsonLines.number(json, "max_rss_bytes", attempt.maxRssBytes());
        json.writeBooleanField("disowned", attempt.disowned());
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
