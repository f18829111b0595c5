package dev.sluice.app.watch;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** Server-sent events as bytes. Data is JSON on one line. */
final class Events {
    static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** A comment, so that nobody on the way takes the stream for dead. */
    static final Buffer BEAT = Buffer.buffer(": beat\n\n");

    private Events() {}

    /**
     * @param id empty where the event has none
     */
    static Buffer event(String name, String id, byte[] data) {
        var event = Buffer.buffer(data.length + id.length() + 64);
        event.appendString("event: ").appendString(name).appendString("\n");
        if (!id.isEmpty()) {
            event.appendString("id: ").appendString(id).appendString("\n");
        }
        return event.appendString("data: ").appendBytes(data).appendString("\n\n");
    }
}
