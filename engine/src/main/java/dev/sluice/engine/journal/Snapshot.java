package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * A fold of provenance as one file, looked up in place: a hundred thousand outputs are there as
 * soon as the bytes are, and only those that are asked for are made into objects. A snapshot that
 * is not whole or not of this version is none: the journals are read again.
 */
final class Snapshot {
    private static final byte[] MAGIC = {'s', 'l', 'u', 'i', 'c', 'e', 'p', 2};
    private static final int HEAD = MAGIC.length + Integer.BYTES;
    private static final int SECTIONS = 7;
    private static final Snapshot EMPTY =
            open(
                    sealed(
                            new ByteWriter()
                                    .i32(2)
                                    .i32(0)
                                    .i32(0)
                                    .i32(0)
                                    .i32(0)
                                    .i32(2 * Integer.BYTES)
                                    .i32(0)
                                    .u8(0)
                                    .u8(0)
                                    .i64(0)));

    private final byte[] bytes;
    private final int meta;
    private final int textOffsets;
    private final int texts;
    private final int jobOffsets;
    private final int jobs;
    private final int table;
    private final int outputs;
    private final @Nullable String[] knownTexts;
    private final Past.@Nullable Job[] knownJobs;

    private Snapshot(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        meta = starts[0];
        textOffsets = starts[1];
        texts = starts[2];
        jobOffsets = starts[3];
        jobs = starts[4];
        table = starts[5];
        outputs = starts[6];
        knownTexts = new String[(texts - textOffsets) / Integer.BYTES];
        knownJobs = new Past.Job[(jobs - jobOffsets) / Integer.BYTES];
    }

    /** The snapshot in the file, or an empty one. */
    static Snapshot read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return EMPTY;
        }
        byte[] bytes = Files.readAllBytes(path);
        boolean whole =
                bytes.length >= HEAD + SECTIONS * Integer.BYTES
                        && Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)
                        && checksum(bytes) == ByteReader.i32(bytes, MAGIC.length);
        return whole ? open(bytes) : EMPTY;
    }

    static byte[] sealed(ByteWriter body) {
        byte[] bytes = new byte[HEAD + body.size()];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        System.arraycopy(body.array(), 0, bytes, HEAD, body.size());
        System.arraycopy(
                new ByteWriter().i32(checksum(bytes)).array(),
                0,
                bytes,
                MAGIC.length,
                Integer.BYTES);
        return bytes;
    }

    private static Snapshot open(byte[] bytes) {
        int[] starts = new int[SECTIONS];
        int at = HEAD + SECTIONS * Integer.BYTES;
        for (int section = 0; section < SECTIONS; section++) {
            starts[section] = at;
            at += ByteReader.i32(bytes, HEAD + section * Integer.BYTES);
        }
        return new Snapshot(bytes, starts);
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, HEAD, bytes.length - HEAD);
        return (int) crc.getValue();
    }

    static int hash(String path) {
        int hash = path.hashCode();
        return hash ^ hash >>> 16;
    }

    /** A power of two, at most half full. */
    static int slotsFor(int outputs) {
        return Integer.highestOneBit(Math.max(1, outputs * 2 - 1)) * (outputs > 0 ? 2 : 1);
    }

    int size() {
        return ByteReader.i32(bytes, table);
    }

    SequencedMap<String, Reading> readings() {
        return at(meta).map(Snapshot::reading);
    }

    SequencedMap<String, List<String>> open() {
        ByteReader in = at(meta);
        in.map(Snapshot::reading);
        return in.map(ByteReader::texts);
    }

    private static Reading reading(ByteReader in) {
        return new Reading(in.number(), in.text(), in.number());
    }

    @Nullable Past find(String path) {
        int mask = slotsFor(size()) - 1;
        for (int slot = hash(path) & mask; ; slot = (slot + 1) & mask) {
            int offset = ByteReader.i32(bytes, table + Integer.BYTES * (slot + 1));
            if (offset == 0) {
                return null;
            }
            ByteReader in = at(outputs + offset - 1);
            if (in.text().equals(path)) {
                return past(in);
            }
        }
    }

    void forEach(BiConsumer<String, Past> each) {
        ByteReader in = at(outputs);
        for (int output = 0; output < size(); output++) {
            each.accept(in.text(), past(in));
        }
    }

    private Past past(ByteReader in) {
        Past.State state = state(in.u8());
        long since = in.number();
        String rule = text(in);
        long size = in.number();
        long modified = in.number();
        String boot = text(in);
        int job = (int) in.number();
        return new Past(state, since, rule, size, modified, boot, job < 0 ? null : job(job));
    }

    private Past.Job job(int number) {
        Past.Job known = knownJobs[number];
        if (known == null) {
            known = job(at(jobs + ByteReader.i32(bytes, jobOffsets + number * Integer.BYTES)));
            knownJobs[number] = known;
        }
        return known;
    }

    private Past.Job job(ByteReader in) {
        return new Past.Job(
                text(in),
                in.number(),
                in.text(),
                text(in),
                in.each(this::text),
                in.text(),
                text(in),
                in.each(from -> new JobRecord.Checksum(text(from), from.text())),
                in.number(),
                in.number());
    }

    private String text(ByteReader in) {
        int number = (int) in.number();
        String known = knownTexts[number];
        if (known == null) {
            known = at(texts + ByteReader.i32(bytes, textOffsets + number * Integer.BYTES)).text();
            knownTexts[number] = known;
        }
        return known;
    }

    private ByteReader at(int start) {
        return new ByteReader(bytes, start, bytes.length);
    }

    static int number(Past.State state) {
        return switch (state) {
            case FINISHED -> 1;
            case BEGUN -> 2;
            case FORGOTTEN -> 3;
            case LOST -> 4;
        };
    }

    private static Past.State state(int number) {
        return switch (number) {
            case 1 -> Past.State.FINISHED;
            case 2 -> Past.State.BEGUN;
            case 3 -> Past.State.FORGOTTEN;
            case 4 -> Past.State.LOST;
            default -> throw new ByteReader.BadBytes("an unknown state " + number);
        };
    }
}
