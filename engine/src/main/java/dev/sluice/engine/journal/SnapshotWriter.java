package dev.sluice.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes a {@link Snapshot}: sections one behind the other, each told by its length in the head.
 */
final class SnapshotWriter {
    private final SequencedMap<String, Integer> numbers = new LinkedHashMap<>();
    private final IdentityHashMap<Past.Job, Integer> jobNumbers = new IdentityHashMap<>();
    private final List<Integer> textOffsets = new ArrayList<>();
    private final List<Integer> jobOffsets = new ArrayList<>();
    private final List<Integer> outputOffsets = new ArrayList<>();
    private final List<Integer> outputHashes = new ArrayList<>();
    private final ByteWriter meta = new ByteWriter();
    private final ByteWriter texts = new ByteWriter();
    private final ByteWriter jobs = new ByteWriter();
    private final ByteWriter outputs = new ByteWriter();

    private SnapshotWriter() {}

    static void write(Path path, ProvenanceFold fold) throws IOException {
        byte[] bytes = new SnapshotWriter().encode(fold);
        Path written =
                path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
        Files.write(written, bytes);
        Whole.rename(written, path);
    }

    private byte[] encode(ProvenanceFold fold) {
        meta.map(fold.readings(), SnapshotWriter::reading).map(fold.open(), ByteWriter::texts);
        fold.forEach(this::output);
        List<ByteWriter> sections =
                List.of(
                        meta,
                        integers(textOffsets),
                        texts,
                        integers(jobOffsets),
                        jobs,
                        table(),
                        outputs);
        var body = new ByteWriter();
        sections.forEach(section -> body.i32(section.size()));
        sections.forEach(body::bytes);
        return Snapshot.sealed(body);
    }

    private static void reading(ByteWriter out, Reading reading) {
        out.number(reading.to()).text(reading.boot()).number(reading.latestMillis());
    }

    private void output(String path, Past past) {
        outputOffsets.add(outputs.size());
        outputHashes.add(Snapshot.hash(path));
        int job = past.job() == null ? -1 : number(past.job());
        outputs.text(path).u8(Snapshot.number(past.state())).number(past.sinceMillis());
        shared(outputs, past.rule());
        outputs.number(past.size()).number(past.modifiedNanos());
        shared(outputs, past.boot());
        outputs.number(job);
    }

    private int number(Past.Job job) {
        Integer known = jobNumbers.putIfAbsent(job, jobNumbers.size());
        if (known != null) {
            return known;
        }
        jobOffsets.add(jobs.size());
        shared(jobs, job.run());
        jobs.number(job.offset()).text(job.commandHash());
        shared(jobs, job.code());
        jobs.each(job.params(), this::shared).text(job.inputSet());
        shared(jobs, job.software());
        jobs.each(
                job.inputChecksums(),
                (to, sum) -> {
                    shared(to, sum.path());
                    to.text(sum.sha256());
                });
        jobs.number(job.startMillis()).number(job.endMillis());
        return jobNumbers.size() - 1;
    }

    private void shared(ByteWriter out, String text) {
        Integer known = numbers.putIfAbsent(text, numbers.size());
        if (known == null) {
            textOffsets.add(texts.size());
            texts.text(text);
        }
        out.number(known == null ? numbers.size() - 1 : known);
    }

    /** Open addressing; a slot holds the output's offset plus one, or 0. */
    private ByteWriter table() {
        int slots = Snapshot.slotsFor(outputOffsets.size());
        int[] table = new int[slots];
        for (int i = 0; i < outputOffsets.size(); i++) {
            int slot = outputHashes.get(i) & (slots - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = outputOffsets.get(i) + 1;
        }
        var section = new ByteWriter().i32(outputOffsets.size());
        for (int offset : table) {
            section.i32(offset);
        }
        return section;
    }

    private static ByteWriter integers(List<Integer> values) {
        var section = new ByteWriter();
        values.forEach(section::i32);
        return section;
    }
}
