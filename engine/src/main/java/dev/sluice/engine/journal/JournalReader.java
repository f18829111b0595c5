package dev.sluice.engine.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a journal from an offset to its last whole record. Never writes, and may read while another
 * process writes.
 */
public final class JournalReader {
    /** The first bytes of every journal. */
    static final byte[] MAGIC = {'s', 'l', 'u', 'i', 'c', 'e', 'j', '\n'};

    private static final int CHUNK = 1 << 20;

    private final FileChannel channel;
    private final Path path;
    private byte[] buffer = new byte[CHUNK];
    private long bufferOffset;
    private int at;
    private int filled;

    private JournalReader(FileChannel channel, Path path, long from) {
        this.channel = channel;
        this.path = path;
        bufferOffset = from;
    }

    /**
     * Tells every entry from {@code from} on (0, or the end of an earlier reading).
     *
     * @return the end of the last whole record
     * @throws JournalUnreadable where whole records follow a bad one, or a newer program wrote
     */
    public static long read(Path path, long from, Consumer<Entry> each) {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new JournalReader(channel, path, from).readAll(from, each);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** The entry whose record begins at {@code offset}, or null where there is no whole one. */
    static @Nullable Entry at(Path path, long offset) {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var reader = new JournalReader(channel, path, offset);
            Integer length = reader.nextLength();
            return length == null ? null : FactCodec.read(reader.buffer, reader.at, length, offset);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private long readAll(long from, Consumer<Entry> each) throws IOException {
        if (from < MAGIC.length) {
            if (!skipMagic()) {
                return 0;
            }
        }
        while (true) {
            Integer length = nextLength();
            if (length == null) {
                checkTail();
                return offset();
            }
            each.accept(FactCodec.read(buffer, at, length, offset()));
            at += FactCodec.HEAD + length;
        }
    }

    /** False where the file has no whole head yet. */
    private boolean skipMagic() throws IOException {
        if (!have(MAGIC.length)) {
            return false;
        }
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, buffer, 0, MAGIC.length)) {
            throw new JournalUnreadable(path + " is not a journal");
        }
        at = MAGIC.length;
        return true;
    }

    private @Nullable Integer nextLength() throws IOException {
        have(FactCodec.HEAD + Long.BYTES + 2);
        Integer length = FactCodec.lengthAt(buffer, at, filled);
        if (length == null || !have(FactCodec.HEAD + length)) {
            return null;
        }
        return FactCodec.isWhole(buffer, at, length) ? length : null;
    }

    /** An incomplete last record is what a crash leaves. Whole ones behind it are not. */
    private void checkTail() throws IOException {
        long bad = offset();
        for (at++; at <= filled && have(FactCodec.HEAD + Long.BYTES + 2); at++) {
            if (looksLikeRecord() && nextLength() != null) {
                throw new JournalUnreadable(
                        path
                                + " is damaged at byte "
                                + bad
                                + ": the record there is bad, and whole ones follow at byte "
                                + offset());
            }
        }
        at = (int) (bad - bufferOffset);
    }

    private boolean looksLikeRecord() {
        int version = buffer[at + FactCodec.HEAD];
        int kind = buffer[at + FactCodec.HEAD + 1 + Long.BYTES];
        boolean likely = version > 0 && version <= FactCodec.VERSION && kind > 0 && kind < 64;
        return likely && FactCodec.lengthAt(buffer, at, filled) != null;
    }

    private long offset() {
        return bufferOffset + at;
    }

    /** Whether so many bytes follow; reads them from the file if need be. */
    private boolean have(int wanted) throws IOException {
        if (filled - at >= wanted) {
            return true;
        }
        int kept = filled - at;
        if (buffer.length < wanted) {
            long left = channel.size() - offset();
            if (left < wanted) {
                return false;
            }
            buffer = Arrays.copyOfRange(buffer, at, at + wanted + CHUNK);
        } else {
            System.arraycopy(buffer, at, buffer, 0, kept);
        }
        bufferOffset += at;
        at = 0;
        filled = kept;
        while (filled < buffer.length) {
            var target = ByteBuffer.wrap(buffer, filled, buffer.length - filled);
            int read = channel.read(target, bufferOffset + filled);
            if (read <= 0) {
                break;
            }
            filled += read;
        }
        return filled >= wanted;
    }
}
