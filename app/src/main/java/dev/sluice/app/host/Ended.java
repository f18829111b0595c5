package dev.sluice.app.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A mark in the home of a run that has ended, so that a server with thousands of them starts
 * without reading their journals. Only a shortcut: where it is missing, the journal is read.
 */
final class Ended {
    private Ended() {}

    static boolean isKnown(HostedRun run) {
        return Files.exists(mark(run));
    }

    static void remember(HostedRun run) {
        try {
            Files.write(mark(run), new byte[0]);
        } catch (IOException e) {
            // The next start reads the journal instead.
        }
    }

    /** Before anything else is done with the run. */
    static void forget(HostedRun run) {
        try {
            Files.deleteIfExists(mark(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path mark(HostedRun run) {
        return run.home().resolve("ended");
    }
}
