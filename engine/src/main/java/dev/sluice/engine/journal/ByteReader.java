package dev.sluice.engine.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Reads what {@link ByteWriter} wrote, from a part of an array. Reading past its end is an error of
 * the data.
 */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    int u8() {
        need(1);
        return bytes[at++] & 0xff;
    }

    boolean flag() {
        return u8() != 0;
    }

    int i32() {
        need(Integer.BYTES);
        int value = i32(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    static int i32(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    long i64() {
        return (i32() & 0xffff_ffffL) | (long) i32() << 32;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new BadBytes("a number of more than 64 bits");
    }

    int count() {
        long value = number();
        if (value < 0 || value > end - at) {
            throw new BadBytes("a count of " + value + " with " + (end - at) + " bytes left");
        }
        return (int) value;
    }

    String text() {
        long length = number();
        if (length < 0) {
            return utf16(-1L - length);
        }
        need(length);
        var value = new String(bytes, at, (int) length, StandardCharsets.UTF_8);
        at += (int) length;
        return value;
    }

    private String utf16(long length) {
        need(length);
        char[] chars = new char[(int) length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (u8() | u8() << 8);
        }
        return new String(chars);
    }

    List<String> texts() {
        return each(ByteReader::text);
    }

    <T> List<T> each(Function<ByteReader, T> one) {
        int count = count();
        var values = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            values.add(one.apply(this));
        }
        return values;
    }

    <V> SequencedMap<String, V> map(Function<ByteReader, V> one) {
        int count = count();
        var values = new LinkedHashMap<String, V>();
        for (int i = 0; i < count; i++) {
            values.put(text(), one.apply(this));
        }
        return values;
    }

    private void need(long wanted) {
        if (wanted > end - at) {
            throw new BadBytes("the record ends too early");
        }
    }

    /** The bytes are not what a writer of ours writes. */
    static final class BadBytes extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadBytes(String message) {
            super(message);
        }
    }
}
