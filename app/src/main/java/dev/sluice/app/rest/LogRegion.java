package dev.sluice.app.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A piece of a growing text file, by bytes, that begins and ends between characters of UTF-8 where
 * the file is that. Reading on from {@link #next} gives every byte once, but for a character that
 * was not written whole yet: that comes again.
 *
 * @param offset where the piece begins: up to three bytes before what was asked for
 * @param next where the next one does
 * @param size of the file when it was looked at
 */
@SuppressWarnings("ArrayRecordComponent") // Lives as long as one request; never compared.
record LogRegion(byte[] bytes, long offset, long next, long size) {
    /** A character has at most so many bytes behind its first. */
    private static final int MOST_FOLLOWING = 3;

    /** Less would not move on over what is no UTF-8. */
    private static final int LEAST = 16;

    static final LogRegion NOTHING = new LogRegion(new byte[0], 0, 0, 0);

    /** From there on; a file that is not there is empty. */
    static LogRegion at(Path file, long offset, int limit) {
        try (var channel = open(file)) {
            return read(channel, Math.min(offset, channel.size()), limit);
        } catch (NoSuchFileException notYet) {
            return NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The last bytes, or a few more. */
    static LogRegion tail(Path file, int limit) {
        try (var channel = open(file)) {
            return read(channel, Math.max(0, channel.size() - limit), limit);
        } catch (NoSuchFileException notYet) {
            return NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    Answer answer() {
        return Answer.text(bytes)
                .with("Sluice-Log-Offset", offset)
                .with("Sluice-Log-Next", next)
                .with("Sluice-Log-Size", size);
    }

    private static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw Problem.notFound("the log is a folder");
        }
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static LogRegion read(FileChannel channel, long from, int wanted) throws IOException {
        long size = channel.size();
        int limit = Math.max(LEAST, wanted);
        int before = (int) Math.min(MOST_FOLLOWING, from);
        byte[] window = bytes(channel, from - before, before + (int) Math.min(limit, size - from));
        int start = beginning(window, before);
        int end = cut(window, start, Math.min(window.length, start + limit));
        return new LogRegion(
                Arrays.copyOfRange(window, start, end),
                from - before + start,
                from - before + end,
                size);
    }

    /** Where the character begins that {@code at} is within; that itself where it is in none. */
    private static int beginning(byte[] window, int at) {
        int lead = leadBefore(window, at);
        boolean within =
                lead >= 0
                        && at < window.length
                        && isFollowing(window[at])
                        && lead + length(window[lead]) > at;
        return within ? lead : at;
    }

    /** The last place between characters up to {@code hard}; that itself where there is none. */
    private static int cut(byte[] window, int start, int hard) {
        int lead = leadBefore(window, hard);
        boolean broken = lead >= 0 && lead + length(window[lead]) > hard;
        return broken && lead > start ? lead : hard;
    }

    /** The first byte of the character that reaches to {@code at} or over it, or -1. */
    private static int leadBefore(byte[] window, int at) {
        for (int i = at - 1; i >= Math.max(0, at - MOST_FOLLOWING); i--) {
            if (!isFollowing(window[i])) {
                return length(window[i]) > 1 ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isFollowing(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** Of the character that this byte begins; 1 for what begins none. */
    private static int length(byte lead) {
        int value = lead & 0xFF;
        if (value >= 0xF0 && value <= 0xF4) {
            return 4;
        }
        if (value >= 0xE0) {
            return value < 0xF0 ? 3 : 1;
        }
        return value >= 0xC2 ? 2 : 1;
    }

    private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Reads on; a file that was cut meanwhile gives less.
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
