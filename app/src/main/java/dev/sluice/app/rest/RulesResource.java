package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.view.RowState;

import java.io.IOException;

/** How many jobs of each rule are in which state. */
final class RulesResource {
    private final Looking looking;

    RulesResource(Looking looking) {
        this.looking = looking;
    }

    Answer list(Request request) {
        return looking.at(request, seen -> Answer.json(json -> write(json, seen.rows())));
    }

    private static void write(JsonGenerator json, JobRows rows) throws IOException {
        json.writeStartArray();
        for (int rule = 0; rule < rows.rules().size(); rule++) {
            int total = total(rows, rule);
            if (total > 0) {
                json.writeStartObject();
                json.writeStringField("rule", rows.rules().get(rule));
                json.writeNumberField("total", total);
                states(json, rows, rule);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void states(JsonGenerator json, JobRows rows, int rule) throws IOException {
        json.writeObjectFieldStart("states");
        for (RowState state : RowState.values()) {
            int count = rows.count(rule, state);
            if (count > 0 && state != RowState.REMOVED) {
                json.writeNumberField(state.word(), count);
            }
        }
        json.writeEndObject();
    }

    /** Those that are gone from the plan do not count. */
    static int total(JobRows rows, int rule) {
        int total = 0;
        for (RowState state : RowState.values()) {
            total += state == RowState.REMOVED ? 0 : rows.count(rule, state);
        }
        return total;
    }
}
