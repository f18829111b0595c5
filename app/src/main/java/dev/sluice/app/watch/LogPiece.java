package dev.sluice.app.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Some bytes of a growing file as text. Ends between characters; bytes that are no UTF-8 are shown
 * as such.
 *
 * @param next the offset behind it
 */
record LogPiece(long offset, long next, String text) {
    private static final int MOST = 1 << 16;

    /** Of a character's bytes in UTF-8, those that may be missing at the end. */
    private static final int MOST_CUT = 3;

    /**
     * What stands there; empty where there is nothing yet, or no file.
     *
     * @param whole nothing more will come: what is left of a character is shown too
     */
    static LogPiece read(Path file, long offset, boolean whole) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long left = channel.size() - offset;
            if (left <= 0) {
                return new LogPiece(offset, offset, "");
            }
            var bytes = ByteBuffer.allocate((int) Math.min(left, MOST));
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
                // A read may give less than was asked for.
            }
            boolean last = whole && offset + bytes.position() >= channel.size();
            int length = last ? bytes.position() : cut(bytes.array(), bytes.position());
            String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
            return new LogPiece(offset, offset + length, text);
        } catch (NoSuchFileException nothingPrinted) {
            return new LogPiece(offset, offset, "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.getFileName(), e);
        }
    }

    boolean isEmpty() {
        return next == offset;
    }

    /** The length without a character that has only begun. */
    private static int cut(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(MOST_CUT, length); back++) {
            int lead = bytes[length - back] & 0xFF;
            if (lead < 0x80) {
                return length;
            }
            if (lead >= 0xC0) {
                int needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return needed > back ? length - back : length;
            }
        }
        return length;
    }
}
