package dev.sluice.engine.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * Bytes that grow at their end. Integers are little-endian or of variable length, strings are
 * UTF-8.
 */
final class ByteWriter {
    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    ByteWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    ByteWriter i32(int value) {
        room(Integer.BYTES);
        putI32(size, value);
        size += Integer.BYTES;
        return this;
    }

    void putI32(int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
    }

    ByteWriter i64(long value) {
        return i32((int) value).i32((int) (value >>> 32));
    }

    /** Seven bits a byte, lowest first; small values of either sign are short. */
    ByteWriter number(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /**
     * A string with half a surrogate pair (a name that is not UTF-8) is written as UTF-16, marked
     * by a negative length.
     */
    ByteWriter text(String value) {
        if (hasLoneSurrogate(value)) {
            number(-1L - 2L * value.length());
            for (int i = 0; i < value.length(); i++) {
                u8(value.charAt(i)).u8(value.charAt(i) >>> 8);
            }
            return this;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    private static boolean hasLoneSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (!Character.isSurrogatePair(
                        value.charAt(i), i + 1 < value.length() ? value.charAt(i + 1) : ' ')) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    ByteWriter texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    <T> ByteWriter each(List<T> values, BiConsumer<ByteWriter, T> one) {
        number(values.size());
        values.forEach(value -> one.accept(this, value));
        return this;
    }

    <V> ByteWriter map(SequencedMap<String, V> values, BiConsumer<ByteWriter, V> one) {
        number(values.size());
        values.forEach((key, value) -> one.accept(text(key), value));
        return this;
    }

    ByteWriter bytes(ByteWriter other) {
        room(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
        return this;
    }

    private ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    private void room(int wanted) {
        if (bytes.length - size < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + wanted));
        }
    }
}
