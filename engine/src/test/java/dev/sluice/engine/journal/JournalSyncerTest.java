package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

class JournalSyncerTest {
    private static final List<Fact> FACTS = List.of(new Fact.Warned("one"));

    @TempDir Path folder;

    private final List<Syncer.Word> words = new CopyOnWriteArrayList<>();
    private SlowDisk disk;
    private Journal journal;

    @BeforeEach
    void makeJournal() throws IOException {
        Path path = folder.resolve("journal");
        disk =
                new SlowDisk(
                        JournalFile.of(
                                FileChannel.open(
                                        path,
                                        StandardOpenOption.CREATE_NEW,
                                        StandardOpenOption.WRITE)));
        journal = new Journal(path, disk, InstantSource.system(), 0);
    }

    @Test
    void tellsHowFarItSynced() {
        try (var syncer = new Syncer(journal, words::add)) {
            journal.append(FACTS);
            syncer.want();
            await().until(() -> words.contains(new Syncer.Word.SyncedTo(journal.size())));
            journal.append(FACTS);
            syncer.want();
            await().until(() -> words.contains(new Syncer.Word.SyncedTo(journal.size())));
        }
    }

    @Test
    void syncsNothingThatNobodyWants() {
        try (var _ = new Syncer(journal, words::add)) {
            journal.append(FACTS);
        }
        assertThat(words).isEmpty();
        assertThat(disk.syncs).as("the last one, at the end").hasValue(1);
    }

    @Test
    void whatIsAppendedDuringASyncSharesTheNext() {
        disk.holdUp();
        try (var syncer = new Syncer(journal, words::add)) {
            journal.append(FACTS);
            long first = journal.size();
            syncer.want();
            await().until(() -> disk.syncs.get() == 1);
            for (int i = 0; i < 100; i++) {
                journal.append(FACTS);
                syncer.want();
            }
            disk.goOn();
            await().until(() -> words.contains(new Syncer.Word.SyncedTo(journal.size())));
            assertThat(words)
                    .containsExactly(
                            new Syncer.Word.SyncedTo(first),
                            new Syncer.Word.SyncedTo(journal.size()));
        }
        assertThat(disk.syncs).hasValue(2);
    }

    @Test
    void whatNobodyWaitsForSharesTheSyncOfWhoeverDoes() {
        try (var syncer = new Syncer(journal, words::add, _ -> {}, Duration.ofDays(1))) {
            journal.append(FACTS);
            syncer.want();
            await().until(() -> words.size() == 1);
            for (int i = 0; i < 100; i++) {
                journal.append(FACTS);
                syncer.want();
            }
            syncer.hurry();
            await().until(() -> words.contains(new Syncer.Word.SyncedTo(journal.size())));
            assertThat(words).hasSize(2);
        }
    }

    @Test
    void saysHowLongEachSyncTook() {
        List<Long> took = new CopyOnWriteArrayList<>();
        try (var syncer = new Syncer(journal, words::add, took::add)) {
            journal.append(FACTS);
            syncer.hurry();
            await().until(() -> !words.isEmpty());
        }
        assertThat(took).hasSize(1).allMatch(nanos -> nanos > 0);
    }

    @Test
    void aSyncThatFailsIsSaidOnceAndNothingIsSafeAfterIt() {
        disk.broken = true;
        try (var syncer = new Syncer(journal, words::add)) {
            journal.append(FACTS);
            syncer.want();
            await().until(() -> !words.isEmpty());
            disk.broken = false;
            syncer.want();
        }
        assertThat(words).hasSize(1).first().isInstanceOf(Syncer.Word.Failed.class);
        assertThatThrownBy(journal::sync)
                .as("what the system dropped is not known, whatever a second sync says")
                .isInstanceOf(JournalFailure.class);
        assertThatThrownBy(() -> journal.append(FACTS)).isInstanceOf(JournalFailure.class);
    }

    @Test
    void aLastSyncThatFailsIsThrown() {
        var syncer = new Syncer(journal, words::add);
        journal.append(FACTS);
        disk.broken = true;
        assertThatThrownBy(syncer::close)
                .isInstanceOf(JournalFailure.class)
                .hasMessageContaining("Input/output error");
    }

    private static final class SlowDisk implements JournalFile {
        private final JournalFile disk;
        private final AtomicInteger syncs = new AtomicInteger();
        private final Semaphore turns = new Semaphore(1_000_000);
        private volatile boolean broken;

        SlowDisk(JournalFile disk) {
            this.disk = disk;
        }

        void holdUp() {
            turns.drainPermits();
        }

        void goOn() {
            turns.release(1_000_000);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return disk.write(bytes, position);
        }

        @Override
        public void truncate(long length) throws IOException {
            disk.truncate(length);
        }

        @Override
        public void sync() throws IOException {
            syncs.incrementAndGet();
            turns.acquireUninterruptibly();
            if (broken) {
                throw new IOException("Input/output error");
            }
            disk.sync();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }
}
