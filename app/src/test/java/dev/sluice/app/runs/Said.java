package dev.sluice.app.runs;

import dev.sluice.app.console.Terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A terminal that keeps what was said to it. */
public final class Said {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(
                    new PrintStream(out, false, StandardCharsets.UTF_8),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    false,
                    false);

    public Terminal terminal() {
        return terminal;
    }

    public String out() {
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        terminal.flush();
        return out.toByteArray();
    }

    public String err() {
        terminal.flush();
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Each line of the output, read as JSON. */
    List<Map<String, Object>> json() {
        return out().lines().map(Json::object).toList();
    }

    /** A watch that stands, in UTC. */
    static Times at(Instant instant) {
        return new Times(InstantSource.fixed(instant), ZoneOffset.UTC);
    }
}
