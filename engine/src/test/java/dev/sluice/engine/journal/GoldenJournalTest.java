package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A journal of every past version must load. The files are never written anew: a change of the
 * format gets a version and a folder of its own, which {@code -Dgolden.update=true} makes where it
 * is not there.
 */
class GoldenJournalTest {
    private static final Path GOLDEN = Path.of("src/test/resources/journals");

    @TempDir Path folder;

    @BeforeAll
    static void writeTheFirstOfItsVersion() throws IOException {
        Path present = GOLDEN.resolve("v" + FactCodec.VERSION);
        if (Boolean.getBoolean("golden.update") && !Files.exists(present)) {
            Files.createDirectories(present);
            write(present.resolve("journal"));
            Files.writeString(present.resolve("expected.facts"), facts(present.resolve("journal")));
        }
    }

    @Test
    void journalsOfAllVersionsLoad() throws IOException {
        List<Path> versions;
        try (var folders = Files.list(GOLDEN)) {
            versions = folders.sorted().toList();
        }
        assertThat(versions).hasSize(FactCodec.VERSION);
        for (Path version : versions) {
            assertThat(facts(version.resolve("journal")))
                    .as("%s", version)
                    .isEqualTo(Files.readString(version.resolve("expected.facts")));
        }
    }

    /** Made by the program: a run whose engine was killed, resumed with {@code --retry-failed}. */
    @Test
    void journalsOfRealRunsLoad() throws IOException {
        Path real = GOLDEN.resolve("v2/resumed");
        assertThat(facts(real)).isEqualTo(Files.readString(GOLDEN.resolve("v2/resumed.facts")));
        List<Fact> lives =
                Journal.read(real).stream()
                        .map(Entry::fact)
                        .filter(
                                fact ->
                                        fact instanceof Fact.RunStarted
                                                || fact instanceof Fact.RunResumed)
                        .toList();
        assertThat(lives).as("two lives").hasSize(2);
    }

    @Test
    void thePresentVersionIsWrittenAsItsGoldenJournalWas() throws IOException {
        write(folder.resolve("journal"));
        assertThat(Files.readAllBytes(folder.resolve("journal")))
                .as(
                        "the bytes of version %d changed: give the format a new version",
                        FactCodec.VERSION)
                .isEqualTo(
                        Files.readAllBytes(
                                GOLDEN.resolve("v" + FactCodec.VERSION).resolve("journal")));
    }

    private static void write(Path path) {
        var clock = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L));
        try (Journal journal = Journal.create(path, clock)) {
            journal.append(EveryFact.all());
        }
    }

    private static String facts(Path journal) {
        return Journal.read(journal).stream()
                .map(entry -> entry.millis() + " " + entry.fact() + "\n")
                .collect(Collectors.joining());
    }
}
