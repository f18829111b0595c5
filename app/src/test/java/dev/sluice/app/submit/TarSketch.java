package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/** A tar archive made entry by entry, good or bad; nothing is checked. */
final class TarSketch {
    /** As fine as the library writes times. */
    static final Instant TIME = Instant.parse("2024-03-01T10:20:30.123456700Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    TarSketch() {
        tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** A good beginning of most bad archives. */
    static TarSketch workflow() {
        return new TarSketch().file("Snakefile", "rule all:\n    input: []\n");
    }

    TarSketch file(String name, String content) {
        return file(name, content, 0644, TIME);
    }

    TarSketch file(String name, String content, int mode, Instant time) {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setLastModifiedTime(FileTime.from(time));
        return add(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    TarSketch zeros(String name, int megabytes) {
        return add(new TarArchiveEntry(name, true), new byte[megabytes << 20]);
    }

    TarSketch folder(String name, Instant time) {
        var entry = new TarArchiveEntry(name + "/", true);
        entry.setLastModifiedTime(FileTime.from(time));
        return add(entry, new byte[0]);
    }

    TarSketch link(String name, String target) {
        return linked(name, target, TarConstants.LF_SYMLINK);
    }

    TarSketch hardLink(String name, String target) {
        return linked(name, target, TarConstants.LF_LINK);
    }

    private TarSketch linked(String name, String target, byte flag) {
        var entry = new TarArchiveEntry(name, flag, true);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    TarSketch special(String name, byte flag) {
        return add(new TarArchiveEntry(name, flag, true), new byte[0]);
    }

    /** An entry whose pax header says what it likes. */
    TarSketch pax(String key, String value, String content) {
        var entry = new TarArchiveEntry("pax", true);
        entry.addPaxHeader(key, value);
        return add(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    private TarSketch add(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] bytes() throws IOException {
        tar.finish();
        return bytes.toByteArray();
    }

    byte[] gzipped() throws IOException {
        return gzip(bytes());
    }

    static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    Path writeTo(Path file) throws IOException {
        return Files.write(file, gzipped());
    }
}
