package dev.sluice.app.submit;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Acts on whole folders. Never follows a link. */
final class Folders {
    private Folders() {}

    /** Removes a folder with all in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failed) throws IOException {
                        if (failed != null) {
                            throw failed;
                        }
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
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
