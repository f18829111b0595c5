package dev.sluice.engine.run;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The few things a run does to files, by their names in the working folder. Knows nothing of jobs.
 */
final class Disk {
    static final String TIMESTAMP = ".snakemake_timestamp";

    private final Path workdir;

    Disk(Path workdir) {
        this.workdir = workdir;
    }

    Path at(String path) {
        return workdir.resolve(path);
    }

    boolean exists(String path) {
        return attributes(path) != null;
    }

    /** Of what a link points to; null where there is nothing. */
    @Nullable BasicFileAttributes attributes(String path) {
        try {
            Path file = at(path);
            return file.getFileSystem()
                    .provider()
                    .readAttributesIfExists(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether it is there, be it a link that leads nowhere. */
    boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    void makeParent(String path) throws IOException {
        Path parent = at(path).getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
    }

    void makeFolder(String path) throws IOException {
        Path folder = at(path);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /**
     * Removes a file or a link. A folder only where {@code wholeFolders} says so, or when it is
     * empty.
     */
    void remove(String path, boolean wholeFolders) throws IOException {
        if (path.equals("/dev/null")) {
            return;
        }
        Path file = at(path);
        try {
            Files.deleteIfExists(file);
        } catch (DirectoryNotEmptyException e) {
            if (wholeFolders) {
                removeTree(file);
            }
        }
    }

    void removeTree(Path folder) throws IOException {
        if (!isThere(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error)
                            throws IOException {
                        Files.deleteIfExists(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /**
     * Gives it the present time: a folder by the file in it that stands for its time, a link
     * itself.
     */
    void touch(String path, boolean folder) throws IOException {
        Path file = at(path);
        if (folder && !Files.isSymbolicLink(file)) {
            Path stamp = file.resolve(TIMESTAMP);
            if (!Files.exists(stamp)) {
                Files.createFile(stamp);
                return;
            }
            file = stamp;
        }
        FileTime now = FileTime.from(Instant.now());
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(now, null, null);
    }

    void touchOrCreate(String path, boolean folder) throws IOException {
        if (folder) {
            makeFolder(path);
            touch(path, true);
            return;
        }
        try {
            touch(path, false);
        } catch (NoSuchFileException e) {
            makeParent(path);
            Files.createFile(at(path));
        }
    }

    /** Takes the right to write from everybody, of a folder with all that is in it. */
    void protect(String path) throws IOException {
        Path file = at(path);
        if (!Files.isDirectory(file)) {
            takeWrite(file);
            return;
        }
        Files.walkFileTree(
                file,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path inner, BasicFileAttributes attributes)
                            throws IOException {
                        takeWrite(inner);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error)
                            throws IOException {
                        takeWrite(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void takeWrite(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return;
        }
        Set<PosixFilePermission> permissions =
                EnumSet.copyOf(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        permissions.remove(PosixFilePermission.OWNER_WRITE);
        permissions.remove(PosixFilePermission.GROUP_WRITE);
        permissions.remove(PosixFilePermission.OTHERS_WRITE);
        Files.setPosixFilePermissions(file, permissions);
    }
}
