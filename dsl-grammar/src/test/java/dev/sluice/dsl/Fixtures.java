package dev.sluice.dsl;

import dev.sluice.dsl.ast.Snakefile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories of {@code src/test/resources/snakefiles}: an input each, and what is expected.
 */
final class Fixtures {
    static final Path ROOT = Path.of("src", "test", "resources", "snakefiles");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private Fixtures() {}

    static List<Path> accepted() {
        return directories("accepted");
    }

    static List<Path> rejected() {
        return directories("rejected");
    }

    static List<Path> all() {
        return Stream.concat(accepted().stream(), rejected().stream()).toList();
    }

    static Parsed<Snakefile> parse(Path directory) {
        try {
            return Snakefiles.parse(
                    "Snakefile", Files.readAllBytes(directory.resolve("Snakefile")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The expected text; with {@code -Dgolden.update=true} the actual one becomes it. */
    static String expected(Path file, String actual) {
        try {
            if (UPDATE) {
                Files.writeString(file, actual);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> directories(String kind) {
        try (Stream<Path> found = Files.list(ROOT.resolve(kind))) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
