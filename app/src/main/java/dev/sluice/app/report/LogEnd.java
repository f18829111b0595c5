package dev.sluice.app.report;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The last of what an attempt printed. */
final class LogEnd {
    private static final int BYTES = 8192;

    private LogEnd() {}

    /** Null where there is no log, or where a job made it a link to somewhere else. */
    static @Nullable String of(RunFolder run, AttemptView attempt) {
        Path file =
                attempt.log().isEmpty()
                        ? run.logs().resolve(attempt.name())
                        : run.workdir().resolve(attempt.log());
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(run.workdir().toRealPath())) {
                return null;
            }
            try (var channel = FileChannel.open(real, StandardOpenOption.READ)) {
                long from = Math.max(0, channel.size() - BYTES);
                byte[] bytes = new byte[BYTES];
                ByteBuffer room = ByteBuffer.wrap(bytes);
                while (room.hasRemaining() && channel.read(room, from + room.position()) > 0) {
                    // A read may give less than was asked for.
                }
                String text = new String(bytes, 0, room.position(), StandardCharsets.UTF_8);
                // The first line of a part is broken.
                return from > 0 ? text.substring(text.indexOf('\n') + 1) : text;
            }
        } catch (IOException notThere) {
            return null;
        }
    }
}
