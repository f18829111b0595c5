package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class JournalTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));
    private static final Fact ONE = new Fact.Warned("one");
    private static final Fact TWO = new Fact.Warned("two");
    private static final Fact THREE = new Fact.Warned("three");

    @TempDir Path folder;

    @Test
    void givesBackEveryKindOfFactAsItWasWritten() {
        Path path = written(EveryFact.all());
        assertThat(facts(path)).isEqualTo(EveryFact.all());
        assertThat(Journal.read(path)).allMatch(entry -> entry.millis() == 1_700_000_000_000L);
    }

    @Test
    void writesEveryKindOfFactThatThereIs() {
        List<Class<?>> kinds = new ArrayList<>();
        addLeaves(Fact.class, kinds);
        assertThat(EveryFact.all()).extracting(Object::getClass).containsAll(kinds);
    }

    private static void addLeaves(Class<?> kind, List<Class<?>> leaves) {
        if (kind.isSealed()) {
            Arrays.stream(kind.getPermittedSubclasses()).forEach(below -> addLeaves(below, leaves));
        } else {
            leaves.add(kind);
        }
    }

    @Test
    void keepsNamesThatAreNotUtf8AndThoseBeyondTheFirstPlane() {
        var odd =
                List.<Fact>of(
                        new Fact.Warned("bad\udcff name"),
                        new Fact.Warned("\udc80"),
                        new Fact.Warned("𝄞 ü ? \0"),
                        new Fact.Warned("\ud834"),
                        new Fact.Warned(""));
        assertThat(facts(written(odd))).isEqualTo(odd);
    }

    @Test
    void aRecordCutAnywhereIsNotReadAndTheHolderCutsIt() throws IOException {
        Path path = written(List.of(ONE, TWO));
        byte[] whole = Files.readAllBytes(path);
        long second = Journal.read(path).getLast().offset();
        for (int length = (int) second; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));

            assertThat(facts(path)).as("cut at %d", length).containsExactly(ONE);
            assertThat(Files.size(path)).as("a reader never writes").isEqualTo(length);

            try (Journal journal = Journal.resume(path, CLOCK)) {
                journal.append(List.of(THREE));
            }
            assertThat(facts(path)).containsExactly(ONE, THREE);
        }
    }

    @Test
    void aJournalCutInItsHeadIsEmptyAndCanGoOn() throws IOException {
        Path path = folder.resolve("journal");
        Files.write(path, Arrays.copyOf(JournalReader.MAGIC, 3));
        assertThat(facts(path)).isEmpty();
        try (Journal journal = Journal.resume(path, CLOCK)) {
            journal.append(List.of(ONE));
        }
        assertThat(facts(path)).containsExactly(ONE);
    }

    @Test
    void aBadRecordWithWholeOnesBehindItIsDamageAndItsPlaceIsSaid() throws IOException {
        Path path = written(List.of(ONE, TWO, THREE));
        long second = Journal.read(path).get(1).offset();
        byte[] whole = Files.readAllBytes(path);
        long third = Journal.read(path).get(2).offset();
        for (int at = (int) second; at < third; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(path, damaged);

            assertThatThrownBy(() -> Journal.read(path))
                    .as("damaged at %d", at)
                    .isInstanceOf(JournalUnreadable.class)
                    .hasMessageContaining("at byte " + second + ":")
                    .hasMessageContaining("at byte " + third);
            assertThatThrownBy(() -> Journal.resume(path, CLOCK))
                    .isInstanceOf(JournalUnreadable.class);
            assertThat(Files.size(path)).isEqualTo(whole.length);
        }
    }

    @Test
    void aBadLastRecordIsWhatACrashLeaves() throws IOException {
        Path path = written(List.of(ONE, TWO));
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - 1] ^= 1;
        Files.write(path, bytes);
        assertThat(facts(path)).containsExactly(ONE);
    }

    @Test
    void zerosAtTheEndAreWhatAPowerCutLeaves() throws IOException {
        Path path = written(List.of(ONE));
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length + 5000));
        assertThat(facts(path)).containsExactly(ONE);
    }

    @Test
    void saysWhenARecordIsOfANewerProgram() {
        var out = new ByteWriter();
        FactCodec.write(out, 1, ONE);
        out.array()[FactCodec.HEAD] = 9;
        int length = out.size() - FactCodec.HEAD;
        assertThatThrownBy(() -> FactCodec.read(out.array(), 0, length, 8))
                .isInstanceOf(JournalUnreadable.class)
                .hasMessageContaining("newer Sluice")
                .hasMessageContaining("version is 9");
    }

    @Test
    void refusesAFileThatIsNoJournal() throws IOException {
        Path path = folder.resolve("journal");
        Files.writeString(path, "something else entirely");
        assertThatThrownBy(() -> Journal.read(path)).hasMessageContaining("is not a journal");
    }

    @Test
    void readsOnFromWhereAnEarlierReadingEnded() {
        Path path = folder.resolve("journal");
        try (Journal journal = Journal.create(path, CLOCK)) {
            journal.append(List.of(ONE));
            long end = JournalReader.read(path, 0, _ -> {});
            journal.append(List.of(TWO, THREE));
            var later = new ArrayList<Fact>();
            assertThat(JournalReader.read(path, end, entry -> later.add(entry.fact())))
                    .isEqualTo(journal.size());
            assertThat(later).containsExactly(TWO, THREE);
        }
    }

    @Test
    void readsRecordsThatAreLargerThanItsBuffer() {
        var facts = List.<Fact>of(ONE, new Fact.Warned("x".repeat(3_000_000)), TWO);
        assertThat(facts(written(facts))).isEqualTo(facts);
    }

    @Test
    void aFullDiskIsSaidAndLosesNothing() {
        Path path = written(List.of(ONE));
        long start = JournalReader.read(path, 0, _ -> {});
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            var disk = new SmallDisk(channel, start + 20);
            var journal = new Journal(path, disk, CLOCK, start);
            assertThatThrownBy(() -> journal.append(List.of(TWO, THREE)))
                    .isInstanceOf(JournalFailure.class)
                    .hasMessageContaining("No space left on device");
            assertThat(channel.size()).isEqualTo(start);

            disk.room = Long.MAX_VALUE;
            journal.append(List.of(THREE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(facts(path)).containsExactly(ONE, THREE);
    }

    @Test
    void writesNothingMoreOnceASyncFailed() throws IOException {
        Path path = written(List.of(ONE));
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            var disk = new SmallDisk(channel, Long.MAX_VALUE);
            disk.syncs = false;
            var journal = new Journal(path, disk, CLOCK, channel.size());
            journal.append(List.of(TWO));
            assertThatThrownBy(journal::sync).isInstanceOf(JournalFailure.class);
            assertThatThrownBy(() -> journal.append(List.of(THREE)))
                    .hasMessageContaining("must be resumed");
        }
    }

    private static final class SmallDisk implements JournalFile {
        private final JournalFile disk;
        private long room;
        private boolean syncs = true;

        SmallDisk(FileChannel channel, long room) {
            disk = JournalFile.of(channel);
            this.room = room;
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            if (position >= room) {
                throw new IOException("No space left on device");
            }
            int fitting = (int) Math.min(bytes.remaining(), room - position);
            int written = disk.write(bytes.slice(bytes.position(), fitting), position);
            bytes.position(bytes.position() + written);
            return written;
        }

        @Override
        public void truncate(long length) throws IOException {
            disk.truncate(length);
        }

        @Override
        public void sync() throws IOException {
            if (!syncs) {
                throw new IOException("Input/output error");
            }
            disk.sync();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }

    @Test
    void isNeverBegunTwice() {
        Path path = written(List.of(ONE));
        assertThatThrownBy(() -> Journal.create(path, CLOCK)).isInstanceOf(JournalFailure.class);
    }

    private Path written(List<Fact> facts) {
        Path path = folder.resolve("written");
        try (Journal journal = Journal.create(path, CLOCK)) {
            journal.append(facts);
            journal.sync();
        }
        return path;
    }

    private static List<Fact> facts(Path path) {
        return Journal.read(path).stream().map(Entry::fact).toList();
    }
}
