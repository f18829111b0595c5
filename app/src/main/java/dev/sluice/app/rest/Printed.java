package dev.sluice.app.rest;

import dev.sluice.app.console.Terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/**
 * What a command printed into memory.
 *
 * @param out one JSON object a line
 * @param err for people
 */
record Printed(int code, String out, String err) {
    static Printed by(ToIntFunction<Terminal> command) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal =
                new Terminal(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        false,
                        false);
        int code = command.applyAsInt(terminal);
        terminal.flush();
        return new Printed(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
