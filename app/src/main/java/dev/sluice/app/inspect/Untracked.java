package dev.sluice.app.inspect;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files below the working folder that no job of a plan reads or writes. Hidden files and
 * folders never count, and what lies in a folder that is a job's {@code directory()} belongs to
 * that job.
 */
public final class Untracked {
    private final Path folder;
    private final Set<Path> used = new LinkedHashSet<>();
    private final Set<Path> usedFolders = new LinkedHashSet<>();

    private Untracked(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Their paths relative to {@code folder}, sorted. */
    public static List<String> files(Plan plan, Path folder) throws IOException {
        var untracked = new Untracked(folder);
        for (int job : plan.jobs()) {
            untracked.use(plan.job(job));
        }
        return untracked.walk();
    }

    private void use(PlannedJob job) {
        job.input().items().forEach(this::use);
        job.output().items().forEach(this::use);
        job.log().items().forEach(this::use);
        JobFile benchmark = job.benchmark();
        if (benchmark != null) {
            use(benchmark);
        }
    }

    private void use(JobFile file) {
        Path path = folder.resolve(file.path()).normalize();
        (file.directory() ? usedFolders : used).add(path);
    }

    private List<String> walk() throws IOException {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes facts) {
                        boolean skip =
                                !at.equals(folder) && (hidden(at) || usedFolders.contains(at));
                        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path at, BasicFileAttributes facts) {
                        if (!hidden(at) && !used.contains(at) && !usedFolders.contains(at)) {
                            found.add(folder.relativize(at).toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path at, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        Collections.sort(found);
        return found;
    }

    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
