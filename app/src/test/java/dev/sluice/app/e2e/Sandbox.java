package dev.sluice.app.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** A folder of a test, in which a workflow stands and the built program runs. */
record Sandbox(Path folder) {

    Sandbox {
        folder = real(folder);
    }

    /** With symbolic links resolved, as the program's messages name it. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, and the folders above it. */
    Sandbox with(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sandbox withSnakefile(String text) {
        return with("Snakefile", text);
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileTime timeOf(String name) {
        try {
            return Files.getLastModifiedTime(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sandbox setTimeOf(String name, FileTime time) {
        try {
            Files.setLastModifiedTime(folder.resolve(name), time);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that jobs appended to a file; none when it does not exist. */
    List<String> lines(String name) {
        return has(name) ? read(name).lines().toList() : List.of();
    }

    /** {@code sluice WORDS} to its end. */
    Ended sluice(String... words) {
        return command(words).end();
    }

    /** {@code sluice run -c 2 WORDS} to its end. */
    Ended run(String... words) {
        return sluice(
                Stream.concat(Stream.of("run", "-c", "2"), Stream.of(words))
                        .toArray(String[]::new));
    }

    /** {@code sluice WORDS}, not yet started. */
    Command command(String... words) {
        return Command.of("sluice", folder, words);
    }
}
