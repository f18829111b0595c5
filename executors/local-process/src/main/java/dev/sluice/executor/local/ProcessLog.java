package dev.sluice.executor.local;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a process has printed. A file that cannot be read says so in its place. */
final class ProcessLog {
    /** Whoever wants more asks again. */
    private static final int MOST = 1 << 20;

    private ProcessLog() {}

    /** From a byte on; empty where there is no file: a silent process has none. */
    static byte[] read(Path log, long from) {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
            return Channels.newInputStream(file.position(from)).readNBytes(MOST);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            return ("(the log cannot be read: " + e.getMessage() + ")\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
