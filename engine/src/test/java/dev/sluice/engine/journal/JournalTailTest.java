package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

class JournalTailTest {
    @TempDir Path folder;

    private Path path;
    private final List<String> told = new ArrayList<>();
    private int readers;

    @BeforeEach
    void name() {
        path = folder.resolve("journal");
    }

    @Test
    void aJournalThatIsNotThereYetHasNoFacts() {
        assertThat(tail().poll()).isZero();
    }

    @Test
    void tellsEachFactOnceAsItComes() {
        JournalTail tail = tail();
        try (Journal journal = Journal.create(path, InstantSource.system())) {
            append(journal, "a", "b");
            assertThat(tail.poll()).isEqualTo(2);
            assertThat(tail.poll()).isZero();
            append(journal, "c");
            assertThat(tail.poll()).isEqualTo(1);
        }
        assertThat(told).containsExactly("a", "b", "c");
        assertThat(readers).isEqualTo(1);
    }

    @Test
    void anIncompleteRecordIsToldOnceItIsWhole() throws IOException {
        Journal.create(path, InstantSource.system()).close();
        Path other = folder.resolve("other");
        try (Journal journal = Journal.create(other, InstantSource.system())) {
            append(journal, "a");
        }
        byte[] bytes = Files.readAllBytes(other);
        JournalTail tail = tail();
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 3));
        assertThat(tail.poll()).isZero();
        Files.write(path, bytes);
        assertThat(tail.poll()).isEqualTo(1);
        assertThat(told).containsExactly("a");
        assertThat(readers).isEqualTo(1);
    }

    @Test
    void startsAgainWithANewReaderWhereFactsWereTakenBack() throws IOException {
        JournalTail tail = tail();
        long whole;
        try (Journal journal = Journal.create(path, InstantSource.system())) {
            append(journal, "a");
            whole = journal.size();
            append(journal, "b");
            tail.poll();
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
        told.clear();
        tail.poll();
        assertThat(told).containsExactly("a");
        assertThat(readers).isEqualTo(2);
    }

    @Test
    void otherFactsInThePlaceOfThoseThatWereTakenBackAreTold() throws IOException {
        JournalTail tail = tail();
        long whole;
        try (Journal journal = Journal.create(path, InstantSource.system())) {
            append(journal, "a");
            whole = journal.size();
            append(journal, "a long warning");
            tail.poll();
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
        try (Journal journal = Journal.resume(path, InstantSource.system())) {
            append(journal, "b", "c", "d", "e");
        }
        told.clear();
        assertThat(tail.poll()).isZero();
        assertThat(tail.poll()).isEqualTo(5);
        assertThat(told).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void damageIsToldOfWhenItStays() throws IOException {
        try (Journal journal = Journal.create(path, InstantSource.system())) {
            append(journal, "a", "b", "c");
        }
        byte[] bytes = Files.readAllBytes(path);
        bytes[JournalReader.MAGIC.length + FactCodec.HEAD + 4] ^= 1;
        Files.write(path, bytes);
        JournalTail tail = tail();
        assertThat(tail.poll()).isZero();
        assertThatThrownBy(tail::poll).isInstanceOf(JournalUnreadable.class);
    }

    @Test
    void followsUntilItIsOver() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try (Journal journal =
                                            Journal.create(path, InstantSource.system())) {
                                        append(journal, "a");
                                        begun.await();
                                        append(journal, "end");
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        tail().follow(
                        () -> {
                            if (told.contains("a")) {
                                begun.countDown();
                            }
                            return told.contains("end");
                        });
        writer.join();
        assertThat(told).containsExactly("a", "end");
    }

    private JournalTail tail() {
        return new JournalTail(
                path,
                () -> {
                    readers++;
                    return entry -> {
                        if (entry.fact() instanceof Fact.Warned(var message)) {
                            told.add(message);
                        }
                    };
                });
    }

    private static void append(Journal journal, String... messages) {
        for (String message : messages) {
            journal.append(List.of(new Fact.Warned(message)));
        }
    }
}
