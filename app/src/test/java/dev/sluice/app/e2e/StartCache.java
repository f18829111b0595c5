package dev.sluice.app.e2e;

import static org.awaitility.Awaitility.await;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The start-up cache that the program makes for itself, made once for all tests of a build: they
 * start it hundreds of times. Tests go on without one where it cannot be made.
 */
final class StartCache {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final @Nullable Path FOLDER = make();

    private StartCache() {}

    /** Null where there is none. */
    static @Nullable Path folder() {
        return FOLDER;
    }

    private static @Nullable Path make() {
        try {
            Path folder = Command.dist().resolveSibling("start-cache");
            if (!Files.isExecutable(Command.dist().resolve("bin/sluice"))) {
                return null;
            }
            var builder =
                    new ProcessBuilder(Command.dist().resolve("bin/sluice").toString(), "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("SLUICE_AOT", "wait");
            builder.environment().put("SLUICE_CACHE", folder.toString());
            builder.start().waitFor();
            // Another JVM of the tests may be at it. In this thread: no other gets into a class
            // that is
            // being initialized.
            await().pollInSameThread().atMost(LIMIT).until(() -> !holds(folder, ".lock"));
            return holds(folder, ".aot") ? folder : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean holds(Path folder, String ending) throws IOException {
        Path caches = folder.resolve("aot");
        if (!Files.isDirectory(caches)) {
            return false;
        }
        try (Stream<Path> files = Files.list(caches)) {
            return files.anyMatch(file -> file.toString().endsWith(ending));
        }
    }
}
