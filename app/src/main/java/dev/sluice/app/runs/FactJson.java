package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Facts as objects for programs: every field of a fact, and nothing that is not one. */
public final class FactJson {
    private FactJson() {}

    public static void write(JsonGenerator json, Entry entry) throws IOException {
        json.writeNumberField("offset", entry.offset());
        JsonLines.time(json, "time", entry.millis());
        json.writeStringField("fact", entry.fact().getClass().getSimpleName());
        switch (entry.fact()) {
            case Fact.RunStarted(
                            var argv,
                            var folder,
                            var user,
                            var owner,
                            var version,
                            var environment,
                            var origin) -> {
                JsonLines.texts(json, "argv", argv);
                json.writeStringField("folder", folder);
                json.writeStringField("user", user);
                json.writeStringField("owner", owner);
                json.writeStringField("version", version);
                JsonLines.texts(json, "environment", environment);
                origin(json, origin);
            }
            case Fact.RunResumed(var argv, var user, var version, long epoch, var origin) -> {
                JsonLines.texts(json, "argv", argv);
                json.writeStringField("user", user);
                json.writeStringField("version", version);
                json.writeNumberField("epoch", epoch);
                origin(json, origin);
            }
            case Fact.PlanMade(int tasks, var jobsByRule) -> {
                json.writeNumberField("tasks", tasks);
                counts(json, jobsByRule);
            }
            case Fact.PlanChanged(
                            var checkpoints,
                            var added,
                            var rewired,
                            var removed,
                            var jobsByRule) -> {
                keys(json, "checkpoints", checkpoints);
                keys(json, "added", added);
                keys(json, "rewired", rewired);
                keys(json, "removed", removed);
                counts(json, jobsByRule);
            }
            case Fact.AttemptStarted(
                            var task,
                            int attempt,
                            int tryNumber,
                            var executor,
                            var needs,
                            var jobs) -> {
                attempt(json, task, attempt);
                json.writeNumberField("try", tryNumber);
                json.writeStringField("executor", executor);
                needs(json, needs);
                planned(json, jobs);
            }
            case Fact.AttemptHandedOver(var task, int attempt, var jobs) -> {
                attempt(json, task, attempt);
                handed(json, jobs);
            }
            case Fact.AttemptRunning(var task, int attempt) -> attempt(json, task, attempt);
            case Fact.AttemptDisowned(var task, int attempt) -> attempt(json, task, attempt);
            case Fact.AttemptEnded(var task, int attempt, var end) -> {
                attempt(json, task, attempt);
                end(json, end);
            }
            case Fact.JobFinished(var task, int attempt, var job) -> {
                attempt(json, task, attempt);
                finished(json, job);
            }
            case Fact.JobFailed(var task, int attempt, var job) -> {
                attempt(json, task, attempt);
                failed(json, job);
            }
            case Fact.TaskSettled(var task, int attempt, var verdict) -> {
                attempt(json, task, attempt);
                verdict(json, verdict);
            }
            case Fact.StopRequested(boolean now) -> json.writeBooleanField("now", now);
            case Fact.RetryRequested(var task) -> json.writeStringField("task", task.text());
            case Fact.RunEnded(var outcome) -> json.writeStringField("outcome", word(outcome));
            case Fact.TempDeleted(var paths) -> JsonLines.texts(json, "paths", paths);
            case Fact.OutputsTouched(var outputs) -> outputs(json, outputs);
            case Fact.OutputsForgotten(var paths) -> JsonLines.texts(json, "paths", paths);
            case Fact.Warned(var message) -> json.writeStringField("message", message);
        }
    }

    private static void origin(JsonGenerator json, Fact.Origin origin) throws IOException {
        json.writeObjectFieldStart("origin");
        json.writeStringField("launch_folder", origin.launchFolder());
        json.writeStringField("host", origin.host());
        json.writeStringField("boot", origin.boot());
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Map<String, Integer> jobsByRule)
            throws IOException {
        json.writeObjectFieldStart("jobs_by_rule");
        for (var rule : jobsByRule.entrySet()) {
            json.writeNumberField(rule.getKey(), rule.getValue());
        }
        json.writeEndObject();
    }

    private static void keys(JsonGenerator json, String field, List<Key> keys) throws IOException {
        JsonLines.texts(json, field, keys.stream().map(Key::text).toList());
    }

    private static void attempt(JsonGenerator json, Key task, int attempt) throws IOException {
        json.writeStringField("task", task.text());
        json.writeNumberField("attempt", attempt);
    }

    private static void needs(JsonGenerator json, Needs needs) throws IOException {
        json.writeNumberField("threads", needs.threads());
        json.writeObjectFieldStart("resources");
        for (var resource : needs.resources().entrySet()) {
            json.writeNumberField(resource.getKey(), resource.getValue());
        }
        json.writeEndObject();
    }

    private static void planned(JsonGenerator json, List<PlannedJob> jobs) throws IOException {
        json.writeArrayFieldStart("jobs");
        for (PlannedJob job : jobs) {
            json.writeStartObject();
            json.writeStringField("job", job.key().text());
            json.writeStringField("rule", job.rule());
            JsonLines.texts(json, "wildcards", job.wildcards());
            JsonLines.texts(json, "output", job.outputs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void handed(JsonGenerator json, List<HandedJob> jobs) throws IOException {
        json.writeArrayFieldStart("jobs");
        for (HandedJob job : jobs) {
            json.writeStartObject();
            json.writeStringField("job", job.key().text());
            json.writeStringField("reason", job.reason());
            made(json, job.made());
            JsonLines.texts(json, "rule_logs", job.logs());
            json.writeStringField("shadow", job.shadow());
            json.writeStringField("log", job.log());
            JsonLines.texts(json, "temporary", job.temporary());
            JsonLines.texts(json, "processes", job.processes());
            JsonLines.time(json, "prepared", job.preparedMillis());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void end(JsonGenerator json, AttemptEnd end) throws IOException {
        json.writeStringField("end", end.getClass().getSimpleName());
        switch (end) {
            case AttemptEnd.Failed(int exitCode, var reason) -> {
                json.writeNumberField("exit_code", exitCode);
                json.writeStringField("reason", reason);
            }
            case AttemptEnd.Evicted(var reason) -> json.writeStringField("reason", reason);
            case AttemptEnd.Lost(var reason) -> json.writeStringField("reason", reason);
            case AttemptEnd.StagingFailed(var reason) -> json.writeStringField("reason", reason);
            case AttemptEnd.Succeeded(), AttemptEnd.NeverStarted(), AttemptEnd.Cancelled() -> {}
        }
    }

    private static void finished(JsonGenerator json, JobRecord job) throws IOException {
        json.writeStringField("job", job.key().text());
        json.writeStringField("rule", job.rule());
        JsonLines.texts(json, "wildcards", job.wildcards());
        outputs(json, job.outputs());
        made(json, job.made());
        JsonLines.texts(json, "rule_logs", job.logs());
        json.writeStringField("log", job.attemptLog());
        json.writeObjectFieldStart("usage");
        JsonLines.time(json, "started", job.usage().startMillis());
        JsonLines.time(json, "ended", job.usage().endMillis());
        json.writeNumberField("exit_code", job.usage().exitCode());
        JsonLines.seconds(json, "cpu_seconds", job.usage().cpuMillis());
        JsonLines.number(json, "max_rss_bytes", job.usage().maxRssBytes());
        json.writeEndObject();
    }

    private static void outputs(JsonGenerator json, List<JobRecord.Output> outputs)
            throws IOException {
        json.writeArrayFieldStart("outputs");
        for (JobRecord.Output output : outputs) {
            json.writeStartObject();
            json.writeStringField("path", output.path());
            json.writeNumberField("size", output.size());
            json.writeNumberField("modified_ns", output.modifiedNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void made(JsonGenerator json, JobRecord.Made made) throws IOException {
        json.writeObjectFieldStart("made");
        json.writeStringField("command", made.command());
        json.writeStringField("command_hash", made.commandHash());
        json.writeStringField("code_hash", made.code());
        JsonLines.texts(json, "params", made.params());
        JsonLines.texts(json, "input", made.inputs());
        json.writeStringField("input_set_hash", made.inputSet());
        json.writeStringField("software", made.software());
        json.writeObjectFieldStart("input_sha256");
        for (JobRecord.Checksum checksum : made.inputChecksums()) {
            json.writeStringField(checksum.path(), checksum.sha256());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void failed(JsonGenerator json, JobEnd.Failed job) throws IOException {
        json.writeStringField("job", job.job().text());
        json.writeStringField("rule", job.rule());
        json.writeNumberField("exit_code", job.exitCode());
        json.writeStringField("reason", job.reason());
        json.writeStringField("log", job.log());
        JsonLines.texts(json, "left_behind", job.leftBehind());
    }

    private static void verdict(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeStringField("verdict", verdict.getClass().getSimpleName());
        switch (verdict) {
            case Verdict.Again(var budget) -> json.writeStringField("budget", word(budget));
            case Verdict.Failed(var reason) -> json.writeStringField("reason", reason);
            case Verdict.Succeeded(), Verdict.Cancelled() -> {}
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
