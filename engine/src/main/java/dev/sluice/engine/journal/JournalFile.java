package dev.sluice.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What a journal does to its file. A test fills it up. */
interface JournalFile {
    /** Writes some of the bytes at the position; how many. */
    int write(ByteBuffer bytes, long position) throws IOException;

    void truncate(long length) throws IOException;

    void sync() throws IOException;

    void close() throws IOException;

    static JournalFile of(FileChannel channel) {
        return new JournalFile() {
            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                return channel.write(bytes, position);
            }

            @Override
            public void truncate(long length) throws IOException {
                channel.truncate(length);
            }

            @Override
            public void sync() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
