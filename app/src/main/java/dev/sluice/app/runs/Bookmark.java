package dev.sluice.app.runs;

import java.util.function.Supplier;

/**
 * Where a command that follows a run is, so that whoever lost its words can take them up again: a
 * position stands for all that was written before it, and nothing else. Used by the command's
 * thread.
 */
public interface Bookmark {
    /** The position behind which to go on; empty: from the beginning. */
    String after();

    /**
     * All that was written so far, and flushed, is behind this position.
     *
     * @param position for {@link #after} of a later call
     */
    void reached(Supplier<String> position);

    /** For viewers that lose nothing. */
    Bookmark NONE =
            new Bookmark() {
                @Override
                public String after() {
                    return "";
                }

                @Override
                public void reached(Supplier<String> position) {}
            };
}
