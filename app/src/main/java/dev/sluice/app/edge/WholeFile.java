package dev.sluice.app.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Small files that are there whole or not at all, also after a power cut. */
final class WholeFile {
    /** Two threads may write the same file; the last one's stays. */
    private static final AtomicLong PARTS = new AtomicLong();

    private WholeFile() {}

    /** Replaces what stands there. Until it is whole its name begins with a dot. */
    static void write(Path path, String text) throws IOException {
        String name = "." + path.getFileName() + "." + PARTS.incrementAndGet() + ".part";
        Path part = path.resolveSibling(name);
        try (var channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
