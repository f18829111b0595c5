package dev.sluice.app.console;

import org.jspecify.annotations.Nullable;

/** Errors and warnings that point to no source, in the shape of those that do. */
public final class Messages {
    private static final String RED = "\033[1;31m";
    private static final String YELLOW = "\033[1;33m";
    private static final String PLAIN = "\033[0m";

    private Messages() {}

    public static void error(Terminal terminal, String message, @Nullable String hint) {
        write(terminal, "error", RED, message, hint);
    }

    public static void warning(Terminal terminal, String message) {
        write(terminal, "warning", YELLOW, message, null);
    }

    private static void write(
            Terminal terminal, String word, String colour, String message, @Nullable String hint) {
        String head = terminal.colour() ? colour + word + PLAIN : word;
        terminal.err().println(head + ": " + message);
        if (hint != null) {
            terminal.err().println("  = help: " + hint);
        }
        terminal.err().flush();
    }
}
