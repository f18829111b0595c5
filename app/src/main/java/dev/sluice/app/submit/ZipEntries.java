package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;

/** A zip archive, by its directory: only there stand x bits and links. */
final class ZipEntries implements Entries {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int DIRECTORY = 0040000;
    private static final int EXECUTABLE = 0100;
    private static final int LONGEST_TARGET = 4096;

    /** Bytes of the directory for each entry that may be: a path of usual length. */
    private static final long ENTRY_BYTES = 256;

    private static final long LEAST_BYTES = 256 << 10;

    private final ZipFile zip;
    private final Enumeration<ZipArchiveEntry> entries;
    private final CRC32 sum = new CRC32();
    private @Nullable ZipArchiveEntry entry;
    private @Nullable InputStream content;

    ZipEntries(Path upload, long files) throws IOException {
        var channel = new MeteredChannel(upload, files * ENTRY_BYTES + LEAST_BYTES);
        try {
            zip =
                    ZipFile.builder()
                            .setSeekableByteChannel(channel)
                            .setIgnoreLocalFileHeader(true)
                            .get();
        } catch (BadBundle e) {
            channel.close();
            throw e;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw BadBundle.damaged(e);
        }
        channel.allowAll();
        entries = zip.getEntriesInPhysicalOrder();
    }

    @Override
    public @Nullable Entry next() {
        content = null;
        if (!entries.hasMoreElements()) {
            return null;
        }
        try {
            ZipArchiveEntry next = entries.nextElement();
            entry = next;
            Kind kind = kind(next);
            if (kind == Kind.FILE || kind == Kind.SYMBOLIC_LINK) {
                content = open(next);
            }
            return new Entry(
                    next.getName(),
                    kind,
                    kind == Kind.SYMBOLIC_LINK ? target() : "",
                    (next.getUnixMode() & EXECUTABLE) != 0,
                    next.getLastModifiedTime());
        } catch (BadBundle e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw BadBundle.damaged(e);
        }
    }

    private InputStream open(ZipArchiveEntry next) throws IOException {
        if (!zip.canReadEntryData(next)) {
            String how =
                    next.getGeneralPurposeBit().usesEncryption()
                            ? "encrypted"
                            : "packed in a way that is not known here";
            throw new BadBundle(
                    BadBundle.NOT_KNOWN,
                    "The upload is not a bundle",
                    Words.quoted(next.getName()) + " is " + how,
                    "pack a tar.gz, or a zip with the usual compression and without a password");
        }
        sum.reset();
        InputStream stream = zip.getInputStream(next);
        if (stream == null) {
            throw new IOException("no content of " + Words.quoted(next.getName()));
        }
        return stream;
    }

    private static Kind kind(ZipArchiveEntry entry) {
        if (entry.isDirectory()) {
            return Kind.FOLDER;
        }
        return switch (entry.getUnixMode() & TYPE) {
            case 0, REGULAR -> Kind.FILE;
            case LINK -> Kind.SYMBOLIC_LINK;
            case DIRECTORY -> Kind.FOLDER;
            default -> Kind.OTHER;
        };
    }

    private String target() throws IOException {
        byte[] target = content == null ? new byte[0] : content.readNBytes(LONGEST_TARGET);
        return new String(target, StandardCharsets.UTF_8);
    }

    @Override
    public int read(byte[] buffer) {
        if (content == null || entry == null) {
            return -1;
        }
        try {
            int read = content.read(buffer);
            if (read > 0) {
                sum.update(buffer, 0, read);
            } else if (read < 0 && entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
                throw new IOException("the check sum of " + Words.quoted(entry.getName()));
            }
            return read;
        } catch (IOException | RuntimeException e) {
            throw BadBundle.damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
