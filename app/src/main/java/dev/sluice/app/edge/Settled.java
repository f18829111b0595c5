package dev.sluice.app.edge;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * Whether what lies in the drop folder is all there. By the time at which the system last changed
 * anything of it, which no copying program sets back as it does times of modification.
 */
final class Settled {
    /** What programs call files that they are still writing. */
    private static final List<String> UNDER_WAY =
            List.of(".part", ".partial", ".tmp", ".filepart", ".crdownload", "~");

    private Settled() {}

    /** Whether something of this name is to be taken at all. */
    static boolean isForUs(String name) {
        return !name.startsWith(".")
                && !name.endsWith(DropResult.SUFFIX)
                && UNDER_WAY.stream().noneMatch(name::endsWith);
    }

    /** Whether nothing of it changed after {@code since}. */
    static boolean since(Path path, Instant since) throws IOException {
        boolean[] settled = {true};
        try {
            Files.walkFileTree(
                    path,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes facts) throws IOException {
                            return look(folder);
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                                throws IOException {
                            return look(file);
                        }

                        private FileVisitResult look(Path each) throws IOException {
                            if (changed(each).isAfter(since)) {
                                settled[0] = false;
                                return FileVisitResult.TERMINATE;
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (NoSuchFileException moving) {
            return false;
        }
        return settled[0];
    }

    private static Instant changed(Path path) throws IOException {
        var time = (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        return time.toInstant();
    }
}
