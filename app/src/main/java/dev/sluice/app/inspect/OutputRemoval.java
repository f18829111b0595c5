package dev.sluice.app.inspect;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Removes what the jobs of a plan made. Never touches a write-protected file, nor a folder with
 * something in it that no rule declares as {@code directory()} (or, when only temporary outputs go,
 * {@code temp()}).
 */
public final class OutputRemoval {
    private final Path folder;
    private final boolean onlyTemporary;
    private final boolean dryRun;
    private final List<String> removed = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    private OutputRemoval(Path folder, boolean onlyTemporary, boolean dryRun) {
        this.folder = folder;
        this.onlyTemporary = onlyTemporary;
        this.dryRun = dryRun;
    }

    /**
     * What a removal did, or would have done.
     *
     * @param removed paths as the workflow writes them, in the order of the jobs
     * @param kept sentences about what was left where it is
     */
    public record Result(List<String> removed, List<String> kept, boolean dryRun) {
        public Result {
            removed = List.copyOf(removed);
            kept = List.copyOf(kept);
        }

        /** A line a path, then the sentences. */
        public String text() {
            var text = new StringBuilder();
            String verb = dryRun ? "Would delete " : "Deleted ";
            removed.forEach(path -> text.append(verb).append(path).append('\n'));
            kept.forEach(sentence -> text.append(sentence).append('\n'));
            if (removed.isEmpty() && kept.isEmpty()) {
                text.append("There is nothing to delete.\n");
            }
            return text.toString();
        }
    }

    /**
     * Removes outputs below {@code folder}, the working folder.
     *
     * @param onlyTemporary only those that are {@code temp()}
     * @param dryRun only say what would go
     */
    public static Result remove(Plan plan, Path folder, boolean onlyTemporary, boolean dryRun) {
        var removal = new OutputRemoval(folder, onlyTemporary, dryRun);
        SequencedSet<String> seen = new LinkedHashSet<>();
        for (int job : plan.jobs()) {
            for (JobFile file : plan.job(job).output().items()) {
                if ((!onlyTemporary || file.temporary()) && seen.add(file.path())) {
                    removal.remove(file);
                }
            }
        }
        return new Result(removal.removed, removal.kept, dryRun);
    }

    private void remove(JobFile file) {
        Path path = folder.resolve(file.path());
        // A dangling link is an output too, though what it points to does not exist.
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS) || path.equals(Path.of("/dev/null"))) {
            return;
        }
        if (!Files.isSymbolicLink(path) && !Files.isWritable(path)) {
            kept.add("Kept " + file.path() + ": it is write-protected");
            return;
        }
        if (dryRun) {
            removed.add(file.path());
            return;
        }
        try {
            String why = remove(path, file.directory() || (onlyTemporary && file.temporary()));
            if (why == null) {
                removed.add(file.path());
            } else {
                kept.add("Kept " + file.path() + ": " + why);
            }
        } catch (IOException e) {
            kept.add("Kept " + file.path() + ": it cannot be removed: " + e.getMessage());
        }
    }

    /** Why it stays, or null when it is gone. */
    private @Nullable String remove(Path path, boolean withContent) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return null;
        }
        if (withContent) {
            Trees.delete(path);
            return null;
        }
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException e) {
            return "it is a folder with something in it, and no rule says `directory()`";
        }
        removeEmptyParents(path);
        return null;
    }

    /** Up to the working folder, which stays. */
    private void removeEmptyParents(Path path) throws IOException {
        Path top = folder.toAbsolutePath().normalize();
        Path parent = path.toAbsolutePath().normalize().getParent();
        while (parent != null && parent.startsWith(top) && !parent.equals(top)) {
            try {
                Files.delete(parent);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
            parent = parent.getParent();
        }
    }
}
