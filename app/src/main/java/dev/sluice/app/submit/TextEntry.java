package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plain text as an archive of one file. */
final class TextEntry implements Entries {
    private final InputStream in;
    private @Nullable Entry entry;

    TextEntry(Path upload, String name) throws IOException {
        entry = new Entry(name, Kind.FILE, "", false, null);
        in = Files.newInputStream(upload);
    }

    @Override
    public @Nullable Entry next() {
        Entry told = entry;
        entry = null;
        return told;
    }

    @Override
    public int read(byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw BadBundle.damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
