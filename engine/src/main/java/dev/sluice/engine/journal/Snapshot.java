package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * A fold of provenance as one file: a head, the texts that come again, the jobs, the outputs. A
 * snapshot that is not whole or not of this version is none: the journals are read again.
 */
final class Snapshot {
    private static final byte[] MAGIC = {'s', 'l', 'u', 'i', 'c', 'e', 'p', 1};
    private static final int HEAD = MAGIC.length + Integer.BYTES;

    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();
    private final IdentityHashMap<Past.Job, Integer> jobNumbers = new IdentityHashMap<>();
    private final List<Past.Job> jobs = new ArrayList<>();

    private Snapshot() {}

    static void write(Path path, ProvenanceFold fold) throws IOException {
        var body = new Snapshot().encode(fold);
        byte[] bytes = new byte[HEAD + body.size()];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        System.arraycopy(body.array(), 0, bytes, HEAD, body.size());
        var head = new ByteWriter().i32(checksum(bytes));
        System.arraycopy(head.array(), 0, bytes, MAGIC.length, Integer.BYTES);
        Path written =
                path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
        Files.write(written, bytes);
        Whole.rename(written, path);
    }

    static @Nullable ProvenanceFold read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length < HEAD
                || !Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)
                || checksum(bytes) != ByteReader.i32(bytes, MAGIC.length)) {
            return null;
        }
        return decode(new ByteReader(bytes, HEAD, bytes.length));
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, HEAD, bytes.length - HEAD);
        return (int) crc.getValue();
    }

    private ByteWriter encode(ProvenanceFold fold) {
        // The texts are known only once all else is written, and have to be read first.
        var rest = new ByteWriter();
        rest.map(fold.readTo, ByteWriter::number);
        rest.map(fold.open, ByteWriter::texts);
        fold.outputs.values().forEach(this::numberJob);
        rest.each(jobs, this::job);
        rest.map(fold.outputs, this::past);
        var all = new ByteWriter();
        all.texts(List.copyOf(numbers.sequencedKeySet()));
        all.bytes(rest);
        return all;
    }

    private void numberJob(Past past) {
        if (past.job() != null && jobNumbers.putIfAbsent(past.job(), jobs.size()) == null) {
            jobs.add(past.job());
        }
    }

    private void job(ByteWriter out, Past.Job job) {
        shared(out, job.run());
        out.number(job.offset()).text(job.commandHash());
        shared(out, job.code());
        out.each(job.params(), this::shared).text(job.inputSet());
        shared(out, job.software());
        out.each(
                job.inputChecksums(),
                (to, sum) -> {
                    shared(to, sum.path());
                    to.text(sum.sha256());
                });
        out.number(job.startMillis()).number(job.endMillis());
    }

    private void past(ByteWriter out, Past past) {
        out.u8(number(past.state())).number(past.sinceMillis());
        shared(out, past.rule());
        out.number(past.size()).number(past.modifiedNanos());
        out.number(past.job() == null ? -1 : jobNumbers.getOrDefault(past.job(), -1));
    }

    private void shared(ByteWriter out, String text) {
        Integer number = numbers.putIfAbsent(text, numbers.size());
        out.number(number == null ? numbers.size() - 1 : number);
    }

    private static ProvenanceFold decode(ByteReader in) {
        List<String> texts = in.texts();
        var fold = new ProvenanceFold();
        fold.readTo.putAll(in.map(ByteReader::number));
        fold.open.putAll(in.map(ByteReader::texts));
        List<Past.Job> jobs = in.each(from -> job(from, texts));
        int outputs = in.count();
        for (int i = 0; i < outputs; i++) {
            fold.outputs.put(in.text(), past(in, texts, jobs));
        }
        return fold;
    }

    private static Past.Job job(ByteReader in, List<String> texts) {
        return new Past.Job(
                shared(in, texts),
                in.number(),
                in.text(),
                shared(in, texts),
                in.each(from -> shared(from, texts)),
                in.text(),
                shared(in, texts),
                in.each(from -> new JobRecord.Checksum(shared(from, texts), from.text())),
                in.number(),
                in.number());
    }

    private static Past past(ByteReader in, List<String> texts, List<Past.Job> jobs) {
        Past.State state = state(in.u8());
        long since = in.number();
        String rule = shared(in, texts);
        long size = in.number();
        long modified = in.number();
        int job = (int) in.number();
        return new Past(state, since, rule, size, modified, job < 0 ? null : jobs.get(job));
    }

    private static String shared(ByteReader in, List<String> texts) {
        return texts.get((int) in.number());
    }

    private static int number(Past.State state) {
        return switch (state) {
            case FINISHED -> 1;
            case BEGUN -> 2;
            case FORGOTTEN -> 3;
        };
    }

    private static Past.State state(int number) {
        return switch (number) {
            case 1 -> Past.State.FINISHED;
            case 2 -> Past.State.BEGUN;
            case 3 -> Past.State.FORGOTTEN;
            default -> throw new ByteReader.BadBytes("an unknown state " + number);
        };
    }
}
