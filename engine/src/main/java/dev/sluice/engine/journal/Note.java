package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the hold file of a run says. It is replaced whole by whoever takes the run; its holder
 * counts its renewals in place, through the file that it opened then: one who lost the hold counts
 * in a file that is gone, and a full disk has room for the same bytes again.
 *
 * @param renewals grows as long as the holder lives
 */
record Note(Holder holder, long epoch, long renewals) {
    private static final int LINES = 7;

    /** The run's note, or null where nobody holds it. A damaged note is nobody's. */
    static @Nullable Note read(RunFolder run) throws IOException {
        try {
            return of(Files.readAllLines(run.hold()));
        } catch (NoSuchFileException | CharacterCodingException nobody) {
            return null;
        }
    }

    private static @Nullable Note of(List<String> lines) {
        Holder holder = Holder.of(lines);
        if (holder == null || lines.size() < LINES) {
            return null;
        }
        try {
            return new Note(holder, Long.parseLong(lines.get(5)), Long.parseLong(lines.get(6)));
        } catch (NumberFormatException damaged) {
            return null;
        }
    }

    /** Whether it is another note of the same holding. */
    boolean isOf(Holder other, long otherEpoch) {
        return epoch == otherEpoch && holder.equals(other);
    }

    /** Puts the note in the place of any that is there. The file stays open for renewals. */
    Counter write(RunFolder run) throws IOException {
        Path written = run.hold().resolveSibling("hold.new");
        Files.deleteIfExists(written);
        var channel =
                FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            var lines = new ArrayList<>(holder.lines());
            lines.add(Long.toString(epoch));
            ByteBuffer head = bytes(String.join("\n", lines) + "\n");
            long end = head.remaining();
            writeAll(channel, head, 0);
            var counter = new InPlace(channel, end);
            counter.show(renewals);
            Whole.rename(written, run.hold());
            return counter;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position)
            throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Where the holder shows that it lives. */
    interface Counter extends AutoCloseable {
        void show(long renewals) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** In the file that was written, wherever its name leads by now. */
    private record InPlace(FileChannel channel, long at) implements Counter {
        /** Synced, so that other hosts see it. */
        @Override
        public void show(long renewals) throws IOException {
            writeAll(channel, bytes(String.format(Locale.ROOT, "%019d", renewals) + "\n"), at);
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
