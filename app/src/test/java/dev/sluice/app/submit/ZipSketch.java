package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;

/** A zip archive made entry by entry, good or bad; nothing is checked. */
final class ZipSketch {
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int PIPE = 0010000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes);

    ZipSketch file(String name, String content) {
        return add(name, content, REGULAR | 0644);
    }

    ZipSketch program(String name, String content) {
        return add(name, content, REGULAR | 0755);
    }

    ZipSketch link(String name, String target) {
        return add(name, target, LINK | 0777);
    }

    ZipSketch pipe(String name) {
        return add(name, "", PIPE | 0644);
    }

    private ZipSketch add(String name, String content, int mode) {
        try {
            var entry = new ZipArchiveEntry(name);
            entry.setUnixMode(mode);
            entry.setLastModifiedTime(FileTime.from(TarSketch.TIME));
            zip.putArchiveEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    byte[] bytes() throws IOException {
        zip.finish();
        return bytes.toByteArray();
    }
}
