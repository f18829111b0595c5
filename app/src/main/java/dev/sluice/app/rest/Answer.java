package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a request comes to, whole and in memory.
 *
 * @param type of the body; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Lives as long as one request; never compared.
record Answer(int status, String type, SequencedMap<String, String> headers, byte[] body) {
    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String PROBLEM = "application/problem+json";

    private static final JsonFactory FACTORY = new JsonFactory();

    Answer {
        headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(headers));
    }

    /** Writes one value. */
    @FunctionalInterface
    interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    /** Of a JSON object with these fields. */
    static Answer object(int status, Value fields) {
        return of(
                status,
                JSON,
                json -> {
                    json.writeStartObject();
                    fields.write(json);
                    json.writeEndObject();
                });
    }

    static Answer object(Value fields) {
        return object(200, fields);
    }

    /** Of any JSON value. */
    static Answer json(Value value) {
        return of(200, JSON, value);
    }

    static Answer text(byte[] body) {
        return new Answer(200, TEXT, new LinkedHashMap<>(), body);
    }

    static Answer empty(int status) {
        return new Answer(status, "", new LinkedHashMap<>(), new byte[0]);
    }

    /**
     * @param instance the path that was asked for
     */
    static Answer of(Problem problem, String instance) {
        Answer answer =
                of(
                        problem.status(),
                        PROBLEM,
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("type", "about:blank");
                            json.writeStringField("title", problem.title());
                            json.writeNumberField("status", problem.status());
                            json.writeStringField("detail", problem.detail());
                            if (problem.hint() != null) {
                                json.writeStringField("hint", problem.hint());
                            }
                            json.writeStringField("instance", instance);
                            json.writeEndObject();
                        });
        String allow = problem.allow();
        return allow == null ? answer : answer.with("Allow", allow);
    }

    Answer with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, type, all, body);
    }

    Answer with(String header, long value) {
        return with(header, Long.toString(value));
    }

    /** For tests and logs. */
    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Answer of(int status, String type, Value value) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(status, type, new LinkedHashMap<>(), bytes.toByteArray());
    }
}
