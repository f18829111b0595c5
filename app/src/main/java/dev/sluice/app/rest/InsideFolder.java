package dev.sluice.app.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps paths that a workflow or a client names within a folder, whatever links say. Guards what is
 * read and written for clients; not against a job that changes links at the same moment.
 */
final class InsideFolder {
    /** Links that lead nowhere may lead round in a circle. */
    private static final int MOST_LINKS = 40;

    private final Path folder;

    InsideFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The file's true path; where it is not there, where it would be.
     *
     * @throws Problem where it lies elsewhere
     */
    Path resolve(String path) {
        if (path.indexOf('\0') >= 0) {
            throw outside(path);
        }
        try {
            Path root = folder.toRealPath();
            Path wanted = root.resolve(path).normalize();
            Path real = real(wanted, 0);
            if (!real.startsWith(root)) {
                throw outside(path);
            }
            return real;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the links of all of its folders that are there. */
    private static Path real(Path wanted, int links) throws IOException {
        if (links > MOST_LINKS) {
            throw outside(wanted.toString());
        }
        if (Files.exists(wanted)) {
            return wanted.toRealPath();
        }
        Path parent = wanted.getParent();
        Path name = wanted.getFileName();
        if (parent == null || name == null) {
            return wanted;
        }
        // A link that leads nowhere is not there, and could be made to lead anywhere.
        return Files.isSymbolicLink(wanted)
                ? real(parent.resolve(Files.readSymbolicLink(wanted)).normalize(), links + 1)
                : real(parent, links).resolve(name);
    }

    private static Problem outside(String path) {
        return new Problem(
                403, "Forbidden", "`" + path + "` lies outside the run's working folder", null);
    }
}
