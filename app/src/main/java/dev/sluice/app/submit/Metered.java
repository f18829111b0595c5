package dev.sluice.app.submit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what is read of an archive, and stops where that is more than it may be: archives can make
 * their reader go on for ever, or hold it all in memory, without unpacking a file.
 */
final class Metered extends FilterInputStream {
    private static final int SKIP_BYTES = 1 << 14;

    private long left;
    private long allowed = Long.MAX_VALUE;

    Metered(InputStream stream, long most) {
        super(stream);
        left = most;
    }

    /** So much may be read until the next word on it. */
    void allow(long bytes) {
        allowed = bytes;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(SKIP_BYTES, Math.max(0, bytes))]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int bytes) {
        left -= bytes;
        allowed -= bytes;
        if (allowed < 0) {
            throw BadBundle.tooLarge(
                    "The bundle unpacks to too much", "the description of one entry fills memory");
        }
        if (left < 0) {
            throw BadBundle.tooLarge(
                    "The bundle unpacks to too much",
                    "it was still going on behind all that the server takes");
        }
    }
}
