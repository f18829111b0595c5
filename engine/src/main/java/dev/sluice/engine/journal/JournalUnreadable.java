package dev.sluice.engine.journal;

/** A journal is damaged, or newer than this program. The message says where and what. */
public final class JournalUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalUnreadable(String message) {
        super(message);
    }
}
