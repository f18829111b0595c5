package dev.sluice.app.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Pieces of a log, put together, are the log; none begins or ends within a character. */
class LogRegionTest {
    private static final String TEXT = "grün 漢字 🐍 ende\n";

    @TempDir Path folder;

    private Path log(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("log"), bytes);
    }

    private static byte[] inPieces(Path log, int limit) {
        var all = new ByteArrayOutputStream();
        LogRegion piece = LogRegion.at(log, 0, limit);
        while (piece.next() < piece.size()) {
            all.writeBytes(piece.bytes());
            assertThat(piece.next()).isGreaterThan(piece.offset());
            piece = LogRegion.at(log, piece.next(), limit);
        }
        all.writeBytes(piece.bytes());
        return all.toByteArray();
    }

    @Test
    void piecesOfEverySizeCutNoCharacter() throws IOException {
        byte[] bytes = TEXT.repeat(4).getBytes(StandardCharsets.UTF_8);
        Path log = log(bytes);
        for (int limit = 16; limit <= bytes.length + 1; limit++) {
            for (long from = 0; from < bytes.length; from++) {
                LogRegion piece = LogRegion.at(log, from, limit);
                String text = new String(piece.bytes(), StandardCharsets.UTF_8);
                assertThat(text).as(from + " +" + limit).doesNotContain("\uFFFD");
                assertThat(piece.offset()).isBetween(from - 3, from);
            }
            assertThat(inPieces(log, limit)).isEqualTo(bytes);
        }
    }

    @Test
    void everyByteOfWhatIsNoTextIsReadOnce() throws IOException {
        byte[] bytes = new byte[2000];
        new Random(7).nextBytes(bytes);
        Path log = log(bytes);
        for (int limit = 1; limit < 60; limit++) {
            assertThat(inPieces(log, limit)).as("limit " + limit).isEqualTo(bytes);
        }
    }

    @Test
    void aTailIsTheEnd() throws IOException {
        Path log = log(TEXT.getBytes(StandardCharsets.UTF_8));
        LogRegion tail = LogRegion.tail(log, 8);
        assertThat(new String(tail.bytes(), StandardCharsets.UTF_8)).isEqualTo("🐍 ende\n");
        assertThat(tail.next()).isEqualTo(tail.size());
    }

    @Test
    void aCharacterThatWasNotWholeYetComesAgain() throws IOException {
        byte[] whole = "0123456789ü".getBytes(StandardCharsets.UTF_8);
        Path log = log(Arrays.copyOf(whole, whole.length - 1));
        LogRegion first = LogRegion.at(log, 0, 100);
        assertThat(first.next()).isEqualTo(10);
        Files.write(log, whole);
        LogRegion second = LogRegion.at(log, first.next(), 100);
        assertThat(new String(second.bytes(), StandardCharsets.UTF_8)).isEqualTo("ü");
    }

    @Test
    void whatIsNotThereYetIsEmpty() {
        assertThat(LogRegion.at(folder.resolve("none"), 5, 10)).isEqualTo(LogRegion.NOTHING);
        assertThat(LogRegion.tail(folder.resolve("none"), 10)).isEqualTo(LogRegion.NOTHING);
    }

    @Test
    void behindTheEndThereIsNothing() throws IOException {
        LogRegion piece = LogRegion.at(log(new byte[] {'a'}), 99, 10);
        assertThat(piece.bytes()).isEmpty();
        assertThat(piece.next()).isEqualTo(1);
    }
}
