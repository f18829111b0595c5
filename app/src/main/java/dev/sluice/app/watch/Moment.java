package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.host.HostedRun;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A run at one moment, as it is told to watchers.
 *
 * @param state a word of {@link dev.sluice.engine.view.RunStanding.State}, or {@code unreadable}
 * @param trouble why there is no plan, or what is wrong with the journal; empty where nothing is
 * @param now this machine's clock, in milliseconds since 1970
 */
record Moment(HostedRun run, Folded folded, String state, String trouble, long now) {
    /** A row of the list of runs, as JSON. */
    byte[] row() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            RunHeadJson.row(json, run, folded, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void head(JsonGenerator json) throws IOException {
        RunHeadJson.head(json, run, folded, state, trouble);
    }
}
