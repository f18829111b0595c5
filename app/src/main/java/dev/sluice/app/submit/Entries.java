package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.nio.file.attribute.FileTime;

/**
 * The entries of an archive, one after the other. What it cannot read is a {@link BadBundle}; never
 * holds more of it than a header.
 */
interface Entries extends Closeable {
    /** The next one, or null at the end. */
    @Nullable Entry next();

    /** Content of the file that was told last; -1 at its end. */
    int read(byte[] buffer);

    /** What an entry claims to be. */
    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** Devices, pipes and what else is never taken. */
        OTHER
    }

    /**
     * @param name as it is written there: not to be trusted
     * @param target of a link, else empty
     */
    record Entry(
            String name, Kind kind, String target, boolean executable, @Nullable FileTime time) {}
}
