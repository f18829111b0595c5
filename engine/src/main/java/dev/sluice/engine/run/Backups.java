package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.rules.Flags;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Copies of outputs marked {@code update()}, put back when the job fails. */
final class Backups {
    private final Disk disk;
    private final Path folder;

    Backups(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    void keep(JobRun run, String path) throws IOException {
        if (disk.exists(path)) {
            Path copy = place(run, path);
            disk.removeTree(copy);
            copy(disk.at(path), copy);
        }
    }

    /** Puts the copies back; their paths. */
    Set<String> restore(JobRun run) throws IOException {
        Set<String> restored = new LinkedHashSet<>();
        for (String path : updated(run)) {
            Path copy = place(run, path);
            if (disk.isThere(copy)) {
                Path original = disk.at(path);
                disk.removeTree(original);
                copy(copy, original);
                disk.removeTree(copy);
                restored.add(path);
            }
        }
        return restored;
    }

    void drop(JobRun run) throws IOException {
        for (String path : updated(run)) {
            disk.removeTree(place(run, path));
        }
    }

    private static List<String> updated(JobRun run) {
        List<String> paths = new ArrayList<>(0);
        for (JobFile file : run.job().output().items()) {
            if (file.flags().has(Flags.UPDATE)) {
                paths.add(file.path());
            }
        }
        return paths;
    }

    /** The same in every life of the run, so that an engine that takes over finds it. */
    private Path place(JobRun run, String path) {
        List<String> outputs =
                run.job().output().items().stream()
                        .filter(file -> !file.stream())
                        .map(JobFile::path)
                        .toList();
        return folder.resolve(run.job().key() + "-" + outputs.indexOf(path));
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
