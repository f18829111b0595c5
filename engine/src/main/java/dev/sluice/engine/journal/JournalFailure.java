package dev.sluice.engine.journal;

/** A journal could not be written: nothing new may start. What was there before is whole. */
public final class JournalFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
