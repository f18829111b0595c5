package dev.sluice.app.console;

import org.jspecify.annotations.Nullable;

/**
 * What a user typed makes no sense; carries the message and, where there is one, a hint. Ends in
 * exit code 2.
 */
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable String hint;

    public UsageError(String message) {
        this(message, null);
    }

    public UsageError(String message, @Nullable String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The message without its null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
