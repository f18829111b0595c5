package dev.sluice.app.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders of the project, and copies of them. */
final class Trees {
    private Trees() {}

    static Path examples() {
        return Path.of(System.getProperty("sluice.project.dir", ".."))
                .resolve("examples/workflows")
                .toAbsolutePath()
                .normalize();
    }

    /** The regular files below a folder, relative to it and in order. */
    static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }

    /** Copies what belongs to an example: not what a run in the source tree has left there. */
    static Path copy(Path folder, Path to) throws IOException {
        for (Path file : files(folder)) {
            String top = file.getName(0).toString();
            if (List.of("results", "logs", ".sluice", ".snakemake", "expected").contains(top)) {
                continue;
            }
            Path copy = to.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(folder.resolve(file), copy);
        }
        return to;
    }
}
