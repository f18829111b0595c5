package dev.sluice.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are seen whole or not at all. */
final class Whole {
    private Whole() {}

    static void rename(Path written, Path target) throws IOException {
        Files.move(
                written,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
