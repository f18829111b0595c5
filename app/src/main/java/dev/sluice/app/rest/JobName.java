package dev.sluice.app.rest;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.engine.schedule.Key;

import java.io.IOException;

/** A job as others point at it. */
record JobName(int row, String key, String title, String state) {
    static JobName of(JobRows rows, int row) {
        return new JobName(row, rows.key(row).text(), rows.title(row), rows.state(row).word());
    }

    /**
     * The row of the job that a path names.
     *
     * @throws Problem where the plan has none
     */
    static int row(JobRows rows, Request request) {
        int row = rows.row(new Key(request.job()));
        if (row < 0) {
            throw unknown(request);
        }
        return row;
    }

    static Problem unknown(Request request) {
        return Problem.notFound("run " + request.run() + " has no job " + request.job());
    }

    void write(JsonGenerator json) throws IOException {
        json.writeNumberField("row", row);
        json.writeStringField("job", key);
        json.writeStringField("title", title);
        json.writeStringField("state", state);
    }
}
