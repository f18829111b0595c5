package dev.sluice.app.submit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/**
 * A file to read, so many bytes at first: the directory of a zip is held in memory, and a stranger
 * says how long it is.
 */
final class MeteredChannel implements SeekableByteChannel {
    private final FileChannel file;
    private long left;

    MeteredChannel(Path path, long most) throws IOException {
        file = FileChannel.open(path);
        left = most;
    }

    void allowAll() {
        left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int read = file.read(buffer);
        left -= Math.max(0, read);
        if (left < 0) {
            throw BadBundle.tooLarge(
                    "Too many files in the bundle",
                    "the list of what is in it is longer than the server takes");
        }
        return read;
    }

    @Override
    public int write(ByteBuffer buffer) {
        throw new UnsupportedOperationException("only read");
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("only read");
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
