package dev.sluice.app.submit;

import dev.sluice.app.inspect.Trees;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Acts on whole folders. Never follows a link. */
final class Folders {
    private Folders() {}

    /** Removes a folder with all in it, if it is there. */
    static void delete(Path folder) throws IOException {
        Trees.delete(folder);
    }

    /** Makes a folder, or finds an empty one; throws where something is in it. */
    static void createEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new DirectoryNotEmptyException(folder.toString());
            }
        }
    }

    /** Puts the only folder that is in a folder into its place. */
    static void replaceByChild(Path folder, String child) throws IOException {
        Path aside = Files.createTempDirectory(folder.toAbsolutePath().getParent(), "stripping-");
        try {
            Path moved = aside.resolve("moved");
            Files.move(folder.resolve(child), moved);
            Files.delete(folder);
            Files.move(moved, folder);
        } finally {
            delete(aside);
        }
    }
}
