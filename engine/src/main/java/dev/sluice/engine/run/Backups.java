package dev.sluice.engine.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Copies of outputs marked {@code update()}, put back when the job fails. */
final class Backups {
    private final Disk disk;
    private final Path folder;
    private final Map<JobRun, Map<String, Path>> kept = new LinkedHashMap<>();
    private int count;

    Backups(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    void keep(JobRun run, String path) throws IOException {
        if (!disk.exists(path)) {
            return;
        }
        Path copy = folder.resolve(Integer.toString(count++));
        copy(disk.at(path), copy);
        kept.computeIfAbsent(run, any -> new LinkedHashMap<>()).put(path, copy);
    }

    /** Puts the copies back; their paths. */
    Set<String> restore(JobRun run) throws IOException {
        Map<String, Path> copies = kept.remove(run);
        if (copies == null) {
            return Set.of();
        }
        for (Map.Entry<String, Path> copy : copies.entrySet()) {
            Path place = disk.at(copy.getKey());
            disk.removeTree(place);
            copy(copy.getValue(), place);
            disk.removeTree(copy.getValue());
        }
        return new LinkedHashSet<>(copies.keySet());
    }

    void drop(JobRun run) throws IOException {
        Map<String, Path> copies = kept.remove(run);
        if (copies != null) {
            for (Path copy : copies.values()) {
                disk.removeTree(copy);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path dir, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(dir).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path target =
                                file.equals(from)
                                        ? to
                                        : to.resolve(from.relativize(file).toString());
                        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
