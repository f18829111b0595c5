package dev.sluice.app.remote;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What one thread writes and others read, a few chunks apart. Unlike the JDK's, it does not care
 * which threads read, and its end says whether all was written. Whoever waits is freed by an
 * interrupt.
 */
final class Pipe {
    private static final int CHUNKS = 4;

    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);

    /**
     * @param failure at the end: why it is not whole; null where it is, and before the end
     */
    private record Chunk(ByteBuffer bytes, boolean last, @Nullable IOException failure) {}

    /** To be written by one thread. Closing it does nothing: {@link #end} does. */
    OutputStream in() {
        return new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                put(new Chunk(ByteBuffer.wrap(new byte[] {(byte) single}), false, null));
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (length > 0) {
                    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
                    put(new Chunk(ByteBuffer.wrap(copy), false, null));
                }
            }
        };
    }

    /**
     * Nothing follows.
     *
     * @param failure which the reader gets; null where all was written
     */
    void end(@Nullable IOException failure) throws IOException {
        put(new Chunk(ByteBuffer.allocate(0), true, failure));
    }

    private void put(Chunk chunk) throws IOException {
        try {
            chunks.put(chunk);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("nobody reads any more", e);
        }
    }

    /** To be read by one thread at a time. */
    InputStream out() {
        return new InputStream() {
            private Chunk chunk = new Chunk(ByteBuffer.allocate(0), false, null);

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                while (!chunk.bytes().hasRemaining() && !chunk.last()) {
                    chunk = take();
                }
                IOException failure = chunk.failure();
                if (failure != null) {
                    throw failure;
                }
                if (chunk.last()) {
                    return -1;
                }
                int read = Math.min(length, chunk.bytes().remaining());
                chunk.bytes().get(bytes, from, read);
                return read;
            }
        };
    }

    private Chunk take() throws IOException {
        try {
            return chunks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
