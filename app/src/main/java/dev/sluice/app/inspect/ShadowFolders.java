package dev.sluice.app.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes shadow folders that killed runs left behind. Never looks whether a run still uses one:
 * the caller knows.
 */
public final class ShadowFolders {
    private ShadowFolders() {}

    /**
     * Empties {@code .snakemake/shadow} below a folder.
     *
     * @param prefix {@code --shadow-prefix}, or the working folder
     * @return how many were removed
     */
    public static int remove(Path prefix) throws IOException {
        Path shadows = prefix.resolve(".snakemake").resolve("shadow");
        if (!Files.isDirectory(shadows, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        List<Path> folders;
        try (Stream<Path> found = Files.list(shadows)) {
            folders = found.sorted().toList();
        }
        for (Path folder : folders) {
            Trees.delete(folder);
        }
        return folders.size();
    }
}
