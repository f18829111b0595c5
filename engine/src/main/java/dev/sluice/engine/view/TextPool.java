package dev.sluice.engine.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts under small numbers, each held once as UTF-8. A plan has hundreds of thousands; as objects
 * they would cost five times their bytes. Numbers are given from 0 on and never change. Owned by
 * one thread.
 */
final class TextPool {
    private byte[] bytes = new byte[1 << 12];
    private int[] ends = new int[64];
    private int[] hashes = new int[64];
    private int count;

    /** Number + 1 of the text in each slot; 0 where it is free. */
    private int[] slots = new int[256];

    int size() {
        return count;
    }

    /** The text's number; a new one where it was not there. */
    int add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int hash = hash(utf8);
        int slot = slotOf(utf8, hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        append(utf8, hash);
        slots[slot] = count;
        if (count * 2 > slots.length) {
            spread();
        }
        return count - 1;
    }

    /** The text's number, or -1. */
    int find(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return slots[slotOf(utf8, hash(utf8))] - 1;
    }

    String get(int number) {
        int start = start(number);
        return new String(bytes, start, ends[number] - start, StandardCharsets.UTF_8);
    }

    private int slotOf(byte[] utf8, int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0 && !is(slots[slot] - 1, utf8, hash)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private boolean is(int number, byte[] utf8, int hash) {
        return hashes[number] == hash
                && Arrays.equals(bytes, start(number), ends[number], utf8, 0, utf8.length);
    }

    private void append(byte[] utf8, int hash) {
        int start = count == 0 ? 0 : ends[count - 1];
        int end = Math.addExact(start, utf8.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(end));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, grown(count + 1));
            hashes = Arrays.copyOf(hashes, ends.length);
        }
        System.arraycopy(utf8, 0, bytes, start, utf8.length);
        ends[count] = end;
        hashes[count] = hash;
        count++;
    }

    private void spread() {
        slots = new int[slots.length * 4];
        for (int number = 0; number < count; number++) {
            int slot = hashes[number] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private static int hash(byte[] utf8) {
        int hash = Arrays.hashCode(utf8) * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private static int grown(int least) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, least + (least >> 1) + 16L);
    }
}
