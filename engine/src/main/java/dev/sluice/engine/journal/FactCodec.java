package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;

import org.jspecify.annotations.Nullable;

import java.util.zip.CRC32C;

/**
 * A journal's records: length and CRC32C (of length and content), then version, time and fact. A
 * change of what a fact holds needs a new version here, and the reader goes on reading the old
 * ones.
 */
final class FactCodec {
    static final int VERSION = 3;

    /** Length and checksum. */
    static final int HEAD = 8;

    /** No record is larger; a greater length is damage. */
    static final int MOST = 256 << 20;

    private static final int LEAST = 1 + Long.BYTES + 1;

    private FactCodec() {}

    static void write(ByteWriter out, long millis, Fact fact) {
        int start = out.size();
        out.i64(0).u8(VERSION).i64(millis);
        FactWriter.write(out, fact);
        int length = out.size() - start - HEAD;
        out.putI32(start, length);
        out.putI32(start + Integer.BYTES, checksum(out.array(), start, length));
    }

    /** The content's length of the whole record at {@code at}, or null where none can begin. */
    static @Nullable Integer lengthAt(byte[] bytes, int at, int end) {
        if (end - at < HEAD + LEAST) {
            return null;
        }
        int length = ByteReader.i32(bytes, at);
        return length < LEAST || length > MOST ? null : length;
    }

    static boolean isWhole(byte[] bytes, int at, int length) {
        return checksum(bytes, at, length) == ByteReader.i32(bytes, at + Integer.BYTES);
    }

    /** Reads a record known to be whole. */
    static Entry read(byte[] bytes, int at, int length, long offset) {
        var in = new ByteReader(bytes, at + HEAD, at + HEAD + length);
        int version = in.u8();
        if (version > VERSION) {
            throw new JournalUnreadable(
                    "the record at byte "
                            + offset
                            + " was written by a newer Sluice (its version is "
                            + version
                            + ", this one knows "
                            + VERSION
                            + ")");
        }
        long millis = in.i64();
        try {
            return new Entry(millis, offset, FactReader.read(in, version));
        } catch (ByteReader.BadBytes bad) {
            throw new JournalUnreadable(
                    "the record at byte " + offset + " holds " + bad.getMessage());
        }
    }

    private static int checksum(byte[] bytes, int at, int length) {
        var crc = new CRC32C();
        crc.update(bytes, at, Integer.BYTES);
        crc.update(bytes, at + HEAD, length);
        return (int) crc.getValue();
    }
}
