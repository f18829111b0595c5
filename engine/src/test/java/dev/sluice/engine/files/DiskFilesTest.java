package dev.sluice.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class DiskFilesTest {
    @TempDir Path folder;

    @Test
    void seesTimesToTheNanosecond() throws IOException {
        file("a", 1_000_000_000_123_456_789L);
        FileFact fact = look("a");
        assertThat(fact.exists()).isTrue();
        assertThat(fact.modifiedNanos()).isEqualTo(1_000_000_000_123_456_789L);
        assertThat(fact.size()).isEqualTo(1);
    }

    @Test
    void aLinkIsAsOldAsItselfAndAsNewAsTheYoungerOfItselfAndItsTarget() throws IOException {
        Path target = file("target", 5_000_000_000L);
        Path link = Files.createSymbolicLink(folder.resolve("link"), target.getFileName());
        Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(Instant.ofEpochSecond(7)), null, null);
        assertThat(look("link").modifiedNanos()).isEqualTo(7_000_000_000L);
        assertThat(look("link").newestNanos()).isEqualTo(7_000_000_000L);
        file("target", 9_000_000_000L);
        FileFact later = new DiskFiles(folder).look(List.of("link")).getFirst();
        assertThat(later.modifiedNanos()).isEqualTo(7_000_000_000L);
        assertThat(later.newestNanos()).isEqualTo(9_000_000_000L);
    }

    @Test
    void aLinkToNothingIsAbsent() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        assertThat(look("link")).isEqualTo(FileFact.ABSENT);
    }

    @Test
    void aFolderIsAsOldAsItsTimestamp() throws IOException {
        Files.createDirectory(folder.resolve("d"));
        file("d/.snakemake_timestamp", 5_000_000_000L);
        FileFact fact = look("d");
        assertThat(fact.directory()).isTrue();
        assertThat(fact.modifiedNanos()).isEqualTo(5_000_000_000L);
    }

    @Test
    void manyFilesOfOneFolderGiveTheSameFactsAsOneByOne() throws IOException {
        Files.createDirectories(folder.resolve("d/sub"));
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add("d/f" + i);
            if (i % 3 == 0) {
                file("d/f" + i, i * 1_000_000_000L);
            }
        }
        paths.addAll(List.of("d/sub", "d/sub/", "d/", "d/.", "d/..", "no/x", "/", "d/f0/x"));
        List<FileFact> together = new DiskFiles(folder).look(paths);
        for (int i = 0; i < paths.size(); i++) {
            assertThat(together.get(i)).as(paths.get(i)).isEqualTo(look(paths.get(i)));
        }
        assertThat(together.get(3).exists()).isTrue();
        assertThat(together.get(4).exists()).isFalse();
    }

    @Test
    void remembersUntilItIsToldToForget() throws IOException {
        DiskFiles files = new DiskFiles(folder);
        assertThat(files.look(List.of("a")).getFirst().exists()).isFalse();
        file("a", 1);
        assertThat(files.look(List.of("a")).getFirst().exists()).isFalse();
        files.forget(List.of("a"));
        assertThat(files.look(List.of("a")).getFirst().exists()).isTrue();
    }

    @Test
    void knowsTheChecksumOfAFileAndOfNothingElse() throws IOException {
        file("a", 1);
        DiskFiles files = new DiskFiles(folder);
        assertThat(files.sha256("a"))
                .isEqualTo("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
        assertThat(files.sha256("none")).isEmpty();
        assertThat(files.sha256(".")).isEmpty();
    }

    private FileFact look(String path) {
        return new DiskFiles(folder).look(List.of(path)).getFirst();
    }

    private Path file(String name, long nanos) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "x");
        Files.setLastModifiedTime(
                file,
                FileTime.from(Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000)));
        return file;
    }
}
