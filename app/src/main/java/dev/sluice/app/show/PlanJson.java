package dev.sluice.app.show;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A plan as newline-delimited JSON: one object per job that runs. The fields are documented in
 * docs/json.md.
 */
public final class PlanJson implements AutoCloseable {
    private final JsonGenerator json;
    private boolean begun;

    public PlanJson(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /** Writes one job; {@code command} is the formatted shell command, null for other kinds. */
    public void write(JobSettings settings, @Nullable String command, String reason)
            throws IOException {
        begun = true;
        var job = settings.job();
        json.writeStartObject();
        json.writeStringField("rule", job.rule().name());
        json.writeObjectFieldStart("wildcards");
        for (var wildcard : job.wildcards().toMap().entrySet()) {
            json.writeStringField(wildcard.getKey(), wildcard.getValue());
        }
        json.writeEndObject();
        files("input", job.input());
        files("output", job.output());
        files("log", job.log());
        JobFile benchmark = job.benchmark();
        if (benchmark == null) {
            json.writeNullField("benchmark");
        } else {
            json.writeStringField("benchmark", benchmark.path());
        }
        json.writeNumberField("threads", settings.threads());
        json.writeStringField("shellcmd", command);
        json.writeStringField("kind", kind(job.rule().action().kind()));
        json.writeStringField("reason", reason);
        params(settings.params());
        json.writeObjectFieldStart("resources");
        for (var resource : settings.resources().entrySet()) {
            json.writeFieldName(resource.getKey());
            ValueJson.write(json, resource.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Templates count as blocks of Python, as they do in Snakemake. */
    private static String kind(String own) {
        return own.equals("template_engine") ? "run" : own;
    }

    private void files(String field, NamedList<JobFile> files) throws IOException {
        json.writeArrayFieldStart(field);
        for (JobFile file : files.items()) {
            json.writeString(file.path());
        }
        json.writeEndArray();
    }

    /** Named values under their names, the k-th value without one under {@code "k"}. */
    private void params(NamedList<Value> params) throws IOException {
        json.writeObjectFieldStart("params");
        List<Value> items = params.items();
        boolean[] named = new boolean[items.size()];
        for (NamedList.Name name : params.names()) {
            int end = name.single() ? name.start() + 1 : name.end();
            json.writeFieldName(name.name());
            ValueJson.write(
                    json,
                    name.single()
                            ? items.get(name.start())
                            : new Value.ListOf(items.subList(name.start(), end)));
            for (int i = name.start(); i < end; i++) {
                named[i] = true;
            }
        }
        int unnamed = 0;
        for (int i = 0; i < named.length; i++) {
            if (!named[i]) {
                json.writeFieldName(String.valueOf(unnamed++));
                ValueJson.write(json, items.get(i));
            }
        }
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        if (begun) {
            json.writeRaw('\n');
        }
        json.flush();
    }
}
