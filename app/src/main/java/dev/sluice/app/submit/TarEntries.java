package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A tar archive, read as a stream. */
final class TarEntries implements Entries {
    /** Long names and times take a few kilobytes; what takes more is meant to fill the memory. */
    private static final long HEADER_BYTES = 1 << 20;

    private static final int EXECUTABLE = 0100;

    private final Metered metered;
    private final TarArchiveInputStream tar;

    /**
     * @param stream unpacked; closed with this
     * @param most bytes to read of it, contents and headers
     */
    TarEntries(InputStream stream, long most) {
        metered = new Metered(stream, most);
        tar = new TarArchiveInputStream(metered, StandardCharsets.UTF_8.name());
    }

    @Override
    public @Nullable Entry next() {
        try {
            metered.allow(HEADER_BYTES);
            TarArchiveEntry entry = tar.getNextEntry();
            metered.allow(Long.MAX_VALUE);
            if (entry == null) {
                readToEnd();
                return null;
            }
            return told(entry);
        } catch (BadBundle e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw BadBundle.damaged(e);
        }
    }

    /** The check sum of gzip stands behind everything, and is only looked at there. */
    private void readToEnd() throws IOException {
        byte[] rest = new byte[1 << 14];
        int read = 0;
        while (read >= 0) {
            read = metered.read(rest, 0, rest.length);
        }
    }

    private static Entry told(TarArchiveEntry entry) {
        Kind kind = kind(entry);
        boolean link = kind == Kind.SYMBOLIC_LINK || kind == Kind.HARD_LINK;
        return new Entry(
                entry.getName(),
                kind,
                link ? entry.getLinkName() : "",
                (entry.getMode() & EXECUTABLE) != 0,
                entry.getLastModifiedTime());
    }

    private static Kind kind(TarArchiveEntry entry) {
        if (entry.isDirectory()) {
            return Kind.FOLDER;
        }
        return switch (entry.getLinkFlag()) {
            case TarConstants.LF_OLDNORM,
                    TarConstants.LF_NORMAL,
                    TarConstants.LF_CONTIG,
                    TarConstants.LF_GNUTYPE_SPARSE ->
                    Kind.FILE;
            case TarConstants.LF_SYMLINK -> Kind.SYMBOLIC_LINK;
            case TarConstants.LF_LINK -> Kind.HARD_LINK;
            default -> Kind.OTHER;
        };
    }

    @Override
    public int read(byte[] buffer) {
        try {
            return tar.read(buffer, 0, buffer.length);
        } catch (BadBundle e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw BadBundle.damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
