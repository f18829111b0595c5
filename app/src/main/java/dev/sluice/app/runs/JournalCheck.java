package dev.sluice.app.runs;

import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the journal of a run is worth, from reading it whole.
 *
 * @param facts how many can be read
 * @param bytes of the file
 * @param wholeBytes up to where whole records stand; -1 where that is not known
 * @param damagedAt where it is bad, or -1
 * @param message what is wrong; empty where nothing is
 */
record JournalCheck(
        RunFolder run,
        State state,
        long facts,
        long bytes,
        long wholeBytes,
        long damagedAt,
        String message) {
    private static final Pattern AT_BYTE = Pattern.compile("at byte ([0-9]+)");

    enum State {
        WHOLE,
        /** The last record is incomplete: a crash leaves that, and nothing is lost by it. */
        TORN,
        /** A bad record with whole ones behind it, or what no journal is. */
        DAMAGED
    }

    static JournalCheck of(RunFolder run) {
        long[] facts = {0};
        long bytes = -1;
        try {
            bytes = Files.size(run.journal());
            long whole = JournalReader.read(run.journal(), 0, _ -> facts[0]++);
            State state = whole < bytes ? State.TORN : State.WHOLE;
            // A writer may have added to it between the two looks.
            return new JournalCheck(run, state, facts[0], Math.max(bytes, whole), whole, -1, "");
        } catch (JournalUnreadable e) {
            String message = String.valueOf(e.getMessage());
            return new JournalCheck(
                    run, State.DAMAGED, facts[0], bytes, -1, offset(message), message);
        } catch (IOException | UncheckedIOException e) {
            return new JournalCheck(
                    run,
                    State.DAMAGED,
                    facts[0],
                    bytes,
                    -1,
                    -1,
                    "cannot be read: " + e.getMessage());
        }
    }

    private static long offset(String message) {
        Matcher at = AT_BYTE.matcher(message);
        return at.find() ? Long.parseLong(at.group(1)) : -1;
    }
}
