package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.PlannedJob;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Shadow folders: a job works in a folder of its own that shows the working folder, and its outputs
 * move back.
 */
final class Shadow {
    private final Path workdir;
    private final Path home;

    Shadow(Path workdir, @Nullable Path home) {
        this.workdir = workdir.toAbsolutePath().normalize();
        this.home =
                home == null ? this.workdir.resolve(".snakemake/shadow") : home.resolve("shadow");
    }

    /** A new shadow folder for the job; its absolute path. */
    String make(PlannedJob job, String depth) throws IOException, RunFailure {
        Files.createDirectories(home);
        Path shadow = Files.createTempDirectory(home, "tmp").toAbsolutePath().normalize();
        boolean made = false;
        try {
            fill(shadow, job, depth);
            made = true;
            return shadow.toString();
        } finally {
            if (!made) {
                remove(shadow.toString());
            }
        }
    }

    private void fill(Path shadow, PlannedJob job, String depth) throws IOException, RunFailure {
        switch (depth) {
            case "minimal" -> minimal(job, shadow, false);
            case "copy-minimal" -> minimal(job, shadow, true);
            case "shallow" -> shallow(shadow);
            default -> full(shadow);
        }
    }

    private void minimal(PlannedJob job, Path shadow, boolean copy) throws IOException, RunFailure {
        Set<JobFile> files = new LinkedHashSet<>(job.input().items());
        files.addAll(job.output().items());
        files.addAll(job.log().items());
        for (JobFile file : files) {
            if (!file.path().startsWith("/")) {
                Path inside = inside(shadow, file.path());
                Files.createDirectories(inside.getParent());
            }
        }
        for (JobFile file : new LinkedHashSet<>(job.input().items())) {
            if (!file.path().startsWith("/")) {
                Path inside = inside(shadow, file.path());
                Path original = workdir.resolve(file.path()).normalize();
                if (Files.exists(inside)) {
                    continue;
                }
                if (copy) {
                    Files.copy(original, inside, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.createSymbolicLink(inside, original);
                }
            }
        }
    }

    private static Path inside(Path shadow, String path) throws RunFailure {
        Path inside = shadow.resolve(path).normalize();
        if (!inside.startsWith(shadow)) {
            throw new RunFailure(
                    "the file name "
                            + path
                            + " leads out of the working folder, which a shadow folder cannot show;"
                            + " use an absolute path instead");
        }
        return inside;
    }

    private void shallow(Path shadow) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(workdir)) {
            for (Path entry : entries) {
                Files.createSymbolicLink(
                        shadow.resolve(entry.getFileName().toString()), entry.toAbsolutePath());
            }
        }
    }

    private void full(Path shadow) throws IOException {
        Files.walkFileTree(
                workdir,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path dir, BasicFileAttributes attributes) throws IOException {
                        String name = dir.getFileName().toString();
                        if (name.equals(".snakemake")
                                || name.equals(".sluice")
                                || (shadow.startsWith(dir) && !dir.equals(workdir))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(shadow.resolve(workdir.relativize(dir).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.createSymbolicLink(
                                shadow.resolve(workdir.relativize(file).toString()),
                                file.toAbsolutePath());
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Moves what the job made to where it belongs. */
    void moveBack(String shadow, String path) throws IOException {
        if (path.startsWith("/")) {
            return;
        }
        Path from = Path.of(shadow).resolve(path).normalize();
        Path to = workdir.resolve(path).normalize();
        if (!Files.exists(from, java.nio.file.LinkOption.NOFOLLOW_LINKS) || isSame(from, to)) {
            return;
        }
        Files.createDirectories(to.getParent());
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (java.nio.file.DirectoryNotEmptyException e) {
            new Disk(workdir).removeTree(to);
            Files.move(from, to);
        }
    }

    /**
     * In a shallow shadow folders are links: what was written below one is at its place already.
     */
    private static boolean isSame(Path from, Path to) throws IOException {
        return Files.exists(from)
                && Files.exists(to)
                && from.toRealPath().equals(to.toRealPath())
                && !Files.isSymbolicLink(from);
    }

    void remove(String shadow) throws IOException {
        new Disk(workdir).removeTree(Path.of(shadow));
    }
}
