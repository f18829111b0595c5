package dev.sluice.app.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Remembers where a run works whose Snakefile says {@code workdir:}; most runs have no such file.
 */
final class WorksIn {
    private static final String NAME = "works-in";

    private WorksIn() {}

    static Path read(Path home, Path otherwise) {
        try {
            String place = Files.readString(home.resolve(NAME));
            return Path.of(place.substring(0, place.length() - 1));
        } catch (NoSuchFileException usual) {
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path home, Path workdir) {
        try {
            Path written = home.resolve(NAME + ".new");
            Files.writeString(written, workdir + "\n");
            SubmissionFile.sync(written);
            Files.move(written, home.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
