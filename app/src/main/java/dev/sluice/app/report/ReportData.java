package dev.sluice.app.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.runs.JsonLines;
import dev.sluice.app.runs.RunJson;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunHead;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What stands in a report beside the columns, as JSON. */
final class ReportData {
    private final ReportedRun run;
    private final String title;
    private final String version;
    private final long now;
    private final long mostText;
    private final List<String> leftOut = new ArrayList<>();

    /**
     * @param mostText characters of names of jobs that are told, at most
     */
    ReportData(ReportedRun run, String title, String version, long now, long mostText) {
        this.run = run;
        this.title = title;
        this.version = version;
        this.now = now;
        this.mostText = mostText;
    }

    void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("title", title);
            JsonLines.time(json, "made", now);
            json.writeStringField("version", version);
            about(json);
            json.writeFieldName("graph");
            RuleGraph.of(run).write(json);
            json.writeArrayFieldStart("use");
            for (var rule : RuleUse.of(run.view().jobs()).entrySet()) {
                rule.getValue().write(json, rule.getKey());
            }
            json.writeEndArray();
            jobs(json);
            logs(json);
            JsonLines.texts(json, "left_out", leftOut);
            json.writeEndObject();
        }
    }

    private void about(JsonGenerator json) throws IOException {
        RunHead head = run.view().head();
        json.writeObjectFieldStart("run");
        RunJson.run(json, run.folder(), head, run.view().counts(), run.standing(), now);
        json.writeNumberField("warned", head.warned());
        json.writeArrayFieldStart("warnings");
        for (RunHead.Warning warning : head.warnings()) {
            json.writeStartObject();
            JsonLines.time(json, "time", warning.millis());
            json.writeStringField("message", warning.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        if (head.warned() > head.warnings().size()) {
            leftOut.add("All but the last " + head.warnings().size() + " warnings.");
        }
    }

    private void jobs(JsonGenerator json) throws IOException {
        JobColumns jobs = run.jobs();
        json.writeObjectFieldStart("jobs");
        json.writeArrayFieldStart("keys");
        for (int row = 0; row < jobs.rows(); row++) {
            json.writeString(jobs.key(row).text());
        }
        json.writeEndArray();
        long left = wildcards(json, mostText);
        left = outputs(json, left);
        failures(json, left);
        json.writeEndObject();
    }

    private long wildcards(JsonGenerator json, long room) throws IOException {
        long left = room;
        json.writeArrayFieldStart("wildcards");
        int row = 0;
        for (; row < run.jobs().rows() && left > 0; row++) {
            json.writeStartObject();
            for (var wildcard : wildcards(row).entrySet()) {
                json.writeStringField(wildcard.getKey(), wildcard.getValue());
                left -= wildcard.getKey().length() + wildcard.getValue().length();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        say("Wildcards", row);
        return left;
    }

    private long outputs(JsonGenerator json, long room) throws IOException {
        long left = room;
        json.writeArrayFieldStart("outputs");
        int row = 0;
        for (; row < run.jobs().rows() && left > 0; row++) {
            json.writeStartArray();
            for (String output : outputs(row)) {
                json.writeString(output);
                left -= output.length();
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        say("Outputs", row);
        return left;
    }

    private void failures(JsonGenerator json, long room) throws IOException {
        long left = room;
        json.writeObjectFieldStart("failures");
        int row = 0;
        for (; row < run.jobs().rows() && left > 0; row++) {
            JobView job = run.jobs().job(row);
            if (job != null && !job.failure().isEmpty()) {
                json.writeStringField(String.valueOf(row), job.failure());
                left -= job.failure().length();
            }
        }
        json.writeEndObject();
        say("Reasons of failures", row);
    }

    private void say(String what, int told) {
        int rows = run.jobs().rows();
        if (told < rows) {
            leftOut.add(what + " of " + (rows - told) + " of the " + rows + " jobs.");
        }
    }

    private Map<String, String> wildcards(int row) {
        JobView job = run.jobs().job(row);
        if (run.isPlanned(row)) {
            return run.plan().wildcards(row);
        }
        return job == null ? Map.of() : job.wildcards();
    }

    private List<String> outputs(int row) {
        JobView job = run.jobs().job(row);
        if (run.isPlanned(row)) {
            return run.plan().outputs(row);
        }
        return job == null ? List.of() : job.outputs();
    }

    private void logs(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("logs");
        for (JobView job : ReportColumns.failedShown(run)) {
            AttemptView last = job.lastAttempt();
            String text = last == null ? null : LogEnd.of(run.folder(), last);
            if (last != null && text != null) {
                json.writeStringField(job.key().text() + " " + last.number(), text);
            }
        }
        json.writeEndObject();
        int failed = run.view().failed().size();
        if (failed > ReportColumns.FAILED_TOLD) {
            leftOut.add("Logs of failed jobs but for the first " + ReportColumns.FAILED_TOLD + ".");
        }
        leftOut.add("Logs of jobs that did not fail, and all but the end of the others.");
    }
}
