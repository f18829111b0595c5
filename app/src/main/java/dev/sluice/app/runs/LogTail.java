package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is written to a job's log, as it comes and as it is. */
final class LogTail {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private long told;

    LogTail(Path file) {
        this.file = file;
    }

    /** Facts name it relative to the working folder; those of version 1 only once it is over. */
    static LogTail of(RunFolder run, AttemptView attempt) {
        return new LogTail(
                attempt.log().isEmpty()
                        ? run.logs().resolve(attempt.name())
                        : run.workdir().resolve(attempt.log()));
    }

    /** Begins with what is written from now on. */
    LogTail fromNow() {
        told = size();
        return this;
    }

    /** Begins behind so many bytes. */
    LogTail from(long offset) {
        told = offset;
        return this;
    }

    /** How many bytes were written, or left out. */
    long offset() {
        return told;
    }

    /** Writes what is new; the number of bytes. A log that is not there yet has none. */
    long copyTo(OutputStream out) {
        return copyTo(out, Long.MAX_VALUE);
    }

    /** The same, and about so many bytes at most. */
    long copyTo(OutputStream out, long most) {
        if (size() <= told) {
            return 0;
        }
        long from = told;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (int read = channel.read(chunk, told);
                    read > 0 && told - from < most;
                    read = channel.read(chunk, told)) {
                out.write(chunk.array(), 0, read);
                told += read;
                chunk.clear();
            }
            return told - from;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Bytes that are there; an empty log is no file. */
    private long size() {
        try {
            return Files.size(file);
        } catch (IOException notThere) {
            return 0;
        }
    }
}
