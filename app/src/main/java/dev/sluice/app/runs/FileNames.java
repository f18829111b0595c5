package dev.sluice.app.runs;

import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The spellings under which a workflow may know a file: relative to its working folder or absolute.
 */
final class FileNames {
    private final SequencedSet<String> spellings = new LinkedHashSet<>();
    private final Path workdir;

    /**
     * @param folder where the user stands; a path that the workflow would write so comes first
     */
    FileNames(Path workdir, Path folder, String word) {
        this.workdir = workdir;
        spellings.add(word);
        spellings.add(normal(word));
        Path here = resolved(folder, word);
        if (here != null && here.startsWith(workdir)) {
            spellings.add(workdir.relativize(here).toString());
        }
    }

    /** Whether the workflow's path is one of them. */
    boolean has(String path) {
        return spellings.contains(path) || (isOdd(path) && spellings.contains(normal(path)));
    }

    /** Whether the file lies in the folder that the workflow calls {@code path}. */
    boolean isIn(String path) {
        String above = isOdd(path) ? normal(path) : path;
        int length = above.length();
        for (String spelling : spellings) {
            if (spelling.length() > length
                    && spelling.charAt(length) == '/'
                    && spelling.startsWith(above)) {
                return true;
            }
        }
        return false;
    }

    /** Where it is. */
    @Nullable Path place() {
        return resolved(workdir, spellings.getLast());
    }

    /** Whether a path might be spelt otherwise; asked of every output of every run. */
    private static boolean isOdd(String path) {
        return path.startsWith("/")
                || path.startsWith(".")
                || path.endsWith("/")
                || path.contains("//")
                || path.contains("/.");
    }

    /** Without {@code ./} and {@code ..}, relative to the working folder where it lies in it. */
    private String normal(String path) {
        Path resolved = resolved(workdir, path);
        if (resolved == null) {
            return path;
        }
        return resolved.startsWith(workdir)
                ? workdir.relativize(resolved).toString()
                : resolved.toString();
    }

    private static @Nullable Path resolved(Path folder, String path) {
        try {
            return folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
