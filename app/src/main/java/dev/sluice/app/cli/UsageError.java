package dev.sluice.app.cli;

import org.jspecify.annotations.Nullable;

/**
 * What a user typed makes no sense; carries the message and, where there is one, a hint. Ends in
 * exit code 2.
 */
final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable String hint;

    UsageError(String message) {
        this(message, null);
    }

    UsageError(String message, @Nullable String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    @Nullable String hint() {
        return hint;
    }

    /** The message without its null. */
    String text() {
        return String.valueOf(getMessage());
    }
}
