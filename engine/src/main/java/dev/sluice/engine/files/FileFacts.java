package dev.sluice.engine.files;

import java.util.List;

/**
 * Facts about files, asked in bulk. A file is a string as the workflow wrote it, relative to the
 * working folder, never a {@code java.nio.file.Path}. May cache what it saw; {@link #forget} drops
 * that.
 */
public interface FileFacts {
    /** One fact a path, in their order. */
    List<FileFact> look(List<String> paths);

    /**
     * SHA-256 of a file's content in lower-case hex, or empty when it is not a readable regular
     * file.
     */
    String sha256(String path);

    /** Whether it is there and may not be written to; a link never counts. */
    default boolean isProtected(String path) {
        return false;
    }

    /** The next look at these goes to the disk. */
    void forget(List<String> paths);
}
