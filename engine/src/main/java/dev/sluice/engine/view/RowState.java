package dev.sluice.engine.view;

import java.util.Locale;

/**
 * Where a job of a plan stands, for tables and pictures: what facts say ({@link JobState}), and
 * what only a plan can tell. Codes are never given anew.
 */
public enum RowState {
    /** Once the run has ended: it did not run. */
    WAITING(0),
    /** An attempt was made; nobody said yet that it runs. */
    QUEUED(1),
    /** Its files are being brought there. No executor says so yet. */
    STAGING(2),
    RUNNING(3),
    ENDING(4),
    FINISHED(5),
    FAILED(6),
    SKIPPED(7),
    /** One more attempt is due, after an error. */
    AGAIN(8),
    CANCELLED(9),
    /** One more attempt is due, after an eviction or a loss: nobody's error. */
    EVICTED(10),
    /** The last plan does not have it any more. */
    REMOVED(11);

    private static final RowState[] BY_CODE = values();

    private final int code;

    RowState(int code) {
        this.code = code;
    }

    /** As columns hold it: from 0 on, in the order of the states. */
    public int code() {
        return code;
    }

    static RowState of(int code) {
        return BY_CODE[code];
    }

    /** As programs read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
