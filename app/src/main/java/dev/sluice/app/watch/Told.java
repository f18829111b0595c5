package dev.sluice.app.watch;

import io.vertx.core.buffer.Buffer;

/**
 * What a watcher is to be told next. Shared by all who have to be told the same.
 *
 * @param event as an event stream has it, whole
 * @param seq up to where the watcher knows the run then
 * @param isReset the watcher has to begin anew
 */
record Told(Buffer event, String seq, boolean isReset) {
    static Told delta(byte[] json, String seq) {
        return new Told(Events.event("delta", seq, json), seq, false);
    }

    static Told reset() {
        return new Told(Events.event("reset", "", Events.NOTHING), "", true);
    }
}
