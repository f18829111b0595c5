package dev.sluice.app.submit;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.submit.Bundle.Item;
import dev.sluice.app.submit.Bundle.Origin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Chooses what of a workflow's folder goes to a server. A {@code .sluiceignore} has the first word:
 * all but what it excludes; without one, what git tracks, as it lies there; without git, the whole
 * folder. {@code .git}, {@code .sluice} and {@code .snakemake} never go.
 */
public final class Packing {
    static final String IGNORE_FILE = ".sluiceignore";

    private Packing() {}

    /**
     * Looks through a folder, or at one Snakefile; what is to be sent is read by {@link
     * Bundle#writeTo} only.
     *
     * @throws UsageError where there is nothing like that, or git cannot be asked
     */
    public static Bundle of(Path workflow) throws IOException {
        Path path = workflow.toAbsolutePath().normalize();
        if (Files.isRegularFile(path)) {
            return ofSnakefile(path);
        }
        if (!Files.isDirectory(path)) {
            throw new UsageError(
                    "there is no folder and no Snakefile `" + workflow + "`",
                    "name the workflow's folder, or stand in it and name nothing");
        }
        return ofFolder(path.toRealPath(), name(path));
    }

    private static String name(Path folder) {
        Path name = folder.getFileName();
        return name == null ? "workflow" : name.toString();
    }

    private static Bundle ofSnakefile(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        var item =
                new Item.File(
                        Unpacking.SNAKEFILES.getFirst(),
                        file,
                        attributes.size(),
                        attributes.lastModifiedTime(),
                        false);
        Path folder = file.getParent();
        return new Bundle(
                folder == null ? "workflow" : name(folder),
                Origin.SNAKEFILE,
                List.of(item),
                List.of(),
                List.of(),
                List.of());
    }

    private static Bundle ofFolder(Path folder, String name) throws IOException {
        var gathered = new Gathered(folder);
        Path ignore = folder.resolve(IGNORE_FILE);
        if (Files.isRegularFile(ignore)) {
            gathered.walk(IgnoreRules.of(Files.readString(ignore)));
            return gathered.bundle(name, Origin.IGNORE_FILE, List.of());
        }
        GitFiles git = GitFiles.of(folder);
        // A folder of which git tracks nothing only happens to lie in somebody's checkout.
        if (git == null || git.tracked().isEmpty()) {
            gathered.walk(IgnoreRules.NONE);
            return gathered.bundle(name, Origin.FOLDER, List.of());
        }
        gathered.addAll(git.tracked());
        List<String> untracked =
                git.untracked().stream().filter(path -> !EntryName.hasReserved(path)).toList();
        return gathered.bundle(name, Origin.GIT, untracked);
    }
}
