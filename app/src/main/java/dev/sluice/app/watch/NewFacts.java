package dev.sluice.app.watch;

import dev.sluice.engine.journal.Entry;

import java.util.ArrayList;
import java.util.List;

/**
 * The facts of one journal that are news to listeners: each once in the server's life. Owned by
 * whoever folds.
 */
final class NewFacts {
    /** Nothing of the journal was told in the server's life. */
    static final long NOTHING_TOLD = -1;

    private final long bornMillis;
    private boolean behindBirth;
    private long toldTo;
    private List<Entry> news = new ArrayList<>();

    /**
     * @param bornMillis when the server began: what was written before is old
     * @param toldTo the offset of the last fact that was told, or {@link #NOTHING_TOLD}
     */
    NewFacts(long bornMillis, long toldTo) {
        this.bornMillis = bornMillis;
        this.toldTo = toldTo;
        behindBirth = toldTo != NOTHING_TOLD;
    }

    void add(Entry entry) {
        if (entry.offset() <= toldTo) {
            return;
        }
        // A clock that is set back later makes nothing old again.
        behindBirth |= entry.millis() >= bornMillis;
        if (behindBirth) {
            toldTo = entry.offset();
            news.add(entry);
        }
    }

    /** What came since the last time. */
    List<Entry> take() {
        List<Entry> taken = news;
        news = new ArrayList<>();
        // What is in the journal now was there to be told.
        behindBirth = true;
        return taken;
    }

    long toldTo() {
        return toldTo;
    }
}
