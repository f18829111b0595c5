package dev.sluice.dsl.diagnostic;

/** How parts of a message are set off on a terminal. */
enum Colours {
    NONE,
    ANSI;

    private static final String RESET = "\u001b[0m";

    String bold(String text) {
        return wrap("\u001b[1m", text);
    }

    String frame(String text) {
        return wrap("\u001b[1;34m", text);
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> wrap("\u001b[1;31m", text);
            case WARNING -> wrap("\u001b[1;33m", text);
            case NOTE -> wrap("\u001b[1;36m", text);
        };
    }

    private String wrap(String code, String text) {
        return this == NONE ? text : code + text + RESET;
    }
}
