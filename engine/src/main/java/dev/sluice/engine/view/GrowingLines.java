package dev.sluice.engine.view;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads a file of lines that another process appends to, or replaces by renaming a new one over it.
 * Tells whole lines only, each once. Never writes; owned by one thread.
 */
final class GrowingLines {
    private static final int CHUNK = 1 << 20;

    /** More than the first line of a file has, by which a later one is told from it. */
    private static final int BEGINNING = 128;

    private static final int TRIES = 3;

    private final Path path;
    private @Nullable Identity identity;
    private byte[] beginning = {};
    private long told;
    private CRC32C digest = new CRC32C();

    /** A file's name says nothing of whether it is still the same one. */
    private record Identity(@Nullable Object key, FileTime born) {}

    private record Seen(Identity identity, long size) {}

    /** Whoever listens to the lines. */
    interface Lines {
        /** All that was told before is of a file that is gone. */
        void startAgain();

        /** One or more whole lines, each with its end. */
        void lines(byte[] bytes);
    }

    GrowingLines(Path path) {
        this.path = path;
    }

    /** Up to where lines were told. */
    long offset() {
        return told;
    }

    /** Of all bytes that were told. */
    long digest() {
        return digest.getValue();
    }

    /** Whether there was anything to tell. */
    boolean poll(Lines lines) {
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                Seen seen = look();
                if (seen == null) {
                    return forget(lines);
                }
                if (seen.identity().equals(identity) && seen.size() == told) {
                    return false;
                }
                try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    Seen still = look();
                    // What was opened is what was looked at only where both looks agree.
                    if (still != null && still.identity().equals(seen.identity())) {
                        return read(channel, seen.identity(), lines);
                    }
                }
            }
            return false;
        } catch (NoSuchFileException gone) {
            return forget(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Seen look() throws IOException {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Seen(new Identity(now.fileKey(), now.creationTime()), now.size());
        } catch (NoSuchFileException notThere) {
            return null;
        }
    }

    private boolean forget(Lines lines) {
        boolean known = identity != null;
        if (known) {
            restart(null, lines);
        }
        return known;
    }

    private void restart(@Nullable Identity now, Lines lines) {
        identity = now;
        beginning = new byte[0];
        told = 0;
        digest = new CRC32C();
        lines.startAgain();
    }

    private boolean read(FileChannel channel, Identity now, Lines lines) throws IOException {
        boolean another =
                !now.equals(identity) || channel.size() < told || !beginsAsBefore(channel);
        boolean known = identity != null;
        if (another) {
            restart(now, lines);
        }
        boolean any = another && known;
        var buffer = ByteBuffer.allocate(Math.clamp(channel.size() - told, 1, CHUNK));
        while (true) {
            fill(channel, buffer);
            int whole = lastEnd(buffer) + 1;
            if (whole > 0) {
                tell(buffer, whole, lines);
                any = true;
            } else if (buffer.hasRemaining()) {
                return any;
            } else {
                // One line longer than the buffer.
                buffer = ByteBuffer.allocate(Math.multiplyExact(buffer.capacity(), 2));
            }
        }
    }

    private boolean beginsAsBefore(FileChannel channel) throws IOException {
        var now = ByteBuffer.allocate(beginning.length);
        int at = 0;
        while (now.hasRemaining()) {
            int read = channel.read(now, at);
            if (read <= 0) {
                return false;
            }
            at += read;
        }
        return Arrays.equals(now.array(), beginning);
    }

    private void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, told + buffer.position()) <= 0) {
                return;
            }
        }
    }

    private static int lastEnd(ByteBuffer buffer) {
        int at = buffer.position() - 1;
        while (at >= 0 && buffer.get(at) != '\n') {
            at--;
        }
        return at;
    }

    private void tell(ByteBuffer buffer, int whole, Lines lines) {
        byte[] bytes = new byte[whole];
        buffer.get(0, bytes);
        if (told == 0) {
            beginning = Arrays.copyOf(bytes, Math.min(whole, BEGINNING));
        }
        digest.update(bytes);
        told += whole;
        lines.lines(bytes);
    }
}
