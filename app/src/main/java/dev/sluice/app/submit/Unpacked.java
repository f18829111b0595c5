package dev.sluice.app.submit;

import java.util.List;

/**
 * What an upload came to.
 *
 * @param snakefile where it was found, in the working folder
 * @param left entries that were in the upload and are never taken, such as {@code .git}; for people
 */
public record Unpacked(long files, long bytes, String snakefile, List<String> left) {
    public Unpacked {
        left = List.copyOf(left);
    }
}
