package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

/**
 * An upload that cannot be taken, and why, in words for who sent it. Nothing of the upload is left
 * behind when this is thrown.
 */
public final class BadBundle extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final int DAMAGED = 400;
    static final int TOO_LARGE = 413;
    static final int NOT_KNOWN = 415;
    static final int NOT_ACCEPTABLE = 422;

    private final int status;
    private final String title;
    private final String detail;
    private final @Nullable String hint;

    /**
     * @param status of HTTP: 400 damaged, 413 too large, 415 no bundle, 422 holds what is not taken
     * @param title the same words for each upload of the kind
     * @param detail what it was this time
     */
    public BadBundle(int status, String title, String detail, @Nullable String hint) {
        super(title + ": " + detail, null, false, false);
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.hint = hint;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    /** What to do about it; null where there is nothing to say. */
    public @Nullable String hint() {
        return hint;
    }

    static BadBundle damaged(Exception cause) {
        return new BadBundle(
                DAMAGED,
                "The upload is damaged",
                "it cannot be read to its end: " + Words.safe(String.valueOf(cause.getMessage())),
                "pack it again; an upload that was cut off looks like this");
    }

    static BadBundle tooLarge(String title, String detail) {
        return new BadBundle(
                TOO_LARGE,
                title,
                detail,
                "leave out what the server need not have: `.sluiceignore` says what");
    }

    static BadBundle refused(String title, String detail, @Nullable String hint) {
        return new BadBundle(NOT_ACCEPTABLE, title, detail, hint);
    }
}
