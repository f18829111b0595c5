package dev.sluice.app.runs;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.schedule.JobRecord;

import java.io.IOException;
import java.util.Locale;

/** One making of a file as an object for programs. */
final class MakingJson {
    private MakingJson() {}

    static void write(JsonGenerator json, String file, Making making) throws IOException {
        json.writeStringField("file", file);
        json.writeStringField("event", making.what().name().toLowerCase(Locale.ROOT));
        JsonLines.time(json, "time", making.millis());
        json.writeStringField("run", making.run());
        JsonLines.text(json, "user", making.user());
        JsonLines.text(json, "owner", making.owner());
        JsonLines.text(json, "version", making.life() == null ? "" : making.life().version());
        Making.Job job = making.job();
        if (job != null) {
            job(json, job);
        }
    }

    private static void job(JsonGenerator json, Making.Job job) throws IOException {
        JobRecord record = job.record();
        JobRecord.Made made = record.made();
        JobRecord.Usage usage = record.usage();
        json.writeStringField("job", record.key().text());
        json.writeStringField("rule", record.rule());
        JsonLines.texts(json, "wildcards", record.wildcards());
        JsonLines.text(json, "command", made.command());
        JsonLines.texts(json, "params", made.params());
        JsonLines.texts(json, "input", made.inputs());
        json.writeArrayFieldStart("output");
        for (JobRecord.Output output : record.outputs()) {
            json.writeStartObject();
            json.writeStringField("path", output.path());
            JsonLines.number(json, "size", output.size());
            JsonLines.number(json, "modified_ns", output.modifiedNanos());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("input_sha256");
        for (JobRecord.Checksum checksum : made.inputChecksums()) {
            json.writeStringField(checksum.path(), checksum.sha256());
        }
        json.writeEndObject();
        JsonLines.text(json, "software", made.software());
        json.writeNumberField("attempt", job.attempt());
        JsonLines.text(json, "executor", job.executor());
        JsonLines.text(json, "reason", job.reason());
        JsonLines.text(json, "failure", job.failure());
        JsonLines.time(json, "started", usage.startMillis());
        JsonLines.time(json, "ended", usage.endMillis());
        JsonLines.seconds(
                json,
                "duration_seconds",
                usage.startMillis() < 0 ? -1 : usage.endMillis() - usage.startMillis());
        JsonLines.number(json, "exit_code", usage.exitCode());
        JsonLines.seconds(json, "cpu_seconds", usage.cpuMillis());
        JsonLines.number(json, "max_rss_bytes", usage.maxRssBytes());
        JsonLines.text(json, "log", record.attemptLog());
        JsonLines.texts(json, "rule_logs", record.logs());
    }
}
