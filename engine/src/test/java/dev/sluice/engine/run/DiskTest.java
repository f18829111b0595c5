package dev.sluice.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

class DiskTest {
    private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir Path folder;
    private Disk disk = new Disk(Path.of(""));

    @BeforeEach
    void makeDisk() {
        disk = new Disk(folder);
    }

    @Test
    void removesALinkAndNotWhatItPointsTo() throws IOException {
        Files.createFile(folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        disk.remove("link", false);
        disk.remove("dangling", false);
        disk.remove("absent", false);
        assertTrue(disk.exists("file"));
        assertFalse(disk.isThere(folder.resolve("link")));
        assertFalse(disk.isThere(folder.resolve("dangling")));
    }

    @Test
    void removesAFullFolderOnlyWhenAsked() throws IOException {
        Files.createDirectories(folder.resolve("d/e"));
        disk.remove("d", false);
        assertTrue(disk.exists("d/e"));
        disk.remove("d", true);
        assertFalse(disk.exists("d"));
    }

    @Test
    void neverRemovesTheNullDevice() throws IOException {
        disk.remove("/dev/null", true);
        assertTrue(Files.exists(Path.of("/dev/null")));
    }

    @Test
    void touchesALinkItselfAndAFolderByItsStamp() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        Files.setLastModifiedTime(file, OLD);
        disk.touch("link", false);
        assertEquals(OLD, Files.getLastModifiedTime(file));
        assertTrue(Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).compareTo(OLD) > 0);
        disk.touchOrCreate("new/folder", true);
        assertTrue(disk.exists("new/folder/" + Disk.TIMESTAMP));
    }

    @Test
    void touchMovesAnOldTimeForward() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Files.setLastModifiedTime(file, OLD);
        disk.touch("file", false);
        assertTrue(Files.getLastModifiedTime(file).compareTo(OLD) > 0);
    }
}
