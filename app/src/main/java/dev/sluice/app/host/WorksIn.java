package dev.sluice.app.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Remembers where a run works whose Snakefile says {@code workdir:}; most runs have no such file.
 */
final class WorksIn {
    private static final String NAME = "works-in";

    private WorksIn() {}

    static Path read(Path home, Path otherwise) {
        try {
            return Path.of(Files.readString(home.resolve(NAME)).strip());
        } catch (NoSuchFileException usual) {
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path home, Path workdir) {
        try {
            Files.writeString(home.resolve(NAME), workdir + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
