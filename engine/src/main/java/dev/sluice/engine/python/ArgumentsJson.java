package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** What a job hands to Python, of which a function is sent only what it accepts. */
final class ArgumentsJson {
    private ArgumentsJson() {}

    static void write(JsonGenerator json, JobArguments job, Predicate<String> wanted)
            throws IOException {
        write(json, job, wanted, Map.of());
    }

    /**
     * @param pickles of live objects by handle, where the reader has no handles
     */
    static void write(
            JsonGenerator json,
            JobArguments job,
            Predicate<String> wanted,
            Map<Integer, String> pickles)
            throws IOException {
        json.writeStringField("rule", job.rule());
        json.writeObjectFieldStart("wildcards");
        for (var wildcard : job.wildcards().entrySet()) {
            json.writeStringField(wildcard.getKey(), wildcard.getValue());
        }
        json.writeEndObject();
        files(json, "input", wanted, job.input());
        files(json, "output", wanted, job.output());
        files(json, "log", wanted, job.log());
        if (job.params() != null && wanted.test("params")) {
            json.writeFieldName("params");
            NamedListJson.write(
                    json, job.params(), (out, value) -> ValueJson.write(out, value, pickles));
        }
        if (job.threads() != null && wanted.test("threads")) {
            json.writeNumberField("threads", job.threads());
        }
        resources(json, wanted, job.resources());
        if (wanted.test("attempt")) {
            json.writeNumberField("attempt", job.attempt());
        }
        if (job.groupId() != null && wanted.test("groupid")) {
            json.writeStringField("groupid", job.groupId());
        }
        if (wanted.test("rulename")) {
            json.writeStringField("rulename", job.rule());
        }
    }

    private static void files(
            JsonGenerator json,
            String name,
            Predicate<String> wanted,
            @Nullable NamedList<String> files)
            throws IOException {
        if (files != null && wanted.test(name)) {
            json.writeFieldName(name);
            NamedListJson.write(json, files, JsonGenerator::writeString);
        }
    }

    private static void resources(
            JsonGenerator json,
            Predicate<String> wanted,
            @Nullable SequencedMap<String, Value> resources)
            throws IOException {
        if (resources == null || !wanted.test("resources")) {
            return;
        }
        json.writeObjectFieldStart("resources");
        for (var resource : resources.entrySet()) {
            json.writeFieldName(resource.getKey());
            ValueJson.write(json, resource.getValue());
        }
        json.writeEndObject();
    }
}
