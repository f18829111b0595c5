package dev.sluice.app.watch;

import dev.sluice.engine.view.JobColumns;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a watcher knows a run. Names places in files and nothing of this process, so that any
 * server over the same files understands it.
 *
 * <p><b>Why no change can be missed.</b> A row's values follow from the plan file's bytes and the
 * journal's facts up to here ({@link JobColumns}). The plan's bytes are named by {@code layout}, a
 * length and a checksum: whoever read others gets another layout, and the watcher begins anew.
 * Under the same layout a row can only differ where a fact behind {@code position} touched it, and
 * each row knows an offset that is not before the last fact that did. A journal only grows, but for
 * its last batch, which is taken back when it cannot be written whole: then other facts may come to
 * stand at {@code position}, and since all facts of a batch have one time, {@code millis} tells
 * that the watcher has seen what is no longer true. A server that was started again reads the
 * journal to its end before it answers, and so comes at least to where any server has been; if it
 * does not, the facts are gone, and the watcher begins anew.
 *
 * @param layout of the columns
 * @param position offset of the last fact known; 0 before the first
 * @param millis that fact's time
 */
record Seq(String layout, long position, long millis) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9a-z.]{1,80})-([0-9a-z]{1,12})-([0-9a-z]{1,12})");

    static Seq of(JobColumns jobs) {
        return new Seq(jobs.layout(), jobs.position(), jobs.positionMillis());
    }

    /** Null where the text is none. */
    static @Nullable Seq parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? new Seq(
                        matcher.group(1),
                        Long.parseLong(matcher.group(2), 36),
                        Long.parseLong(matcher.group(3), 36))
                : null;
    }

    String text() {
        return layout + "-" + Long.toString(position, 36) + "-" + Long.toString(millis, 36);
    }
}
