package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code --wait-for-files}: files that slow file systems show late. */
final class FilesAwaited {
    private static final long PAUSE_MILLIS = 100;

    private FilesAwaited() {}

    /** Waits for the files that the options name; a {@link UsageError} when one does not come. */
    static void await(RunOptions options, Path folder) throws IOException {
        List<String> names = new ArrayList<>(options.given().all("wait-for-files"));
        String list = options.given().last("wait-for-files-file");
        if (list != null) {
            names.addAll(Files.readAllLines(options.launchFolder().resolve(list)));
        }
        long end = System.nanoTime() + (long) (options.latencySeconds() * 1e9);
        List<String> missing = missing(names, folder);
        while (!missing.isEmpty() && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            missing = missing(names, folder);
        }
        if (!missing.isEmpty()) {
            throw new UsageError(
                    "missing after "
                            + options.latencySeconds()
                            + " s: "
                            + String.join(", ", missing),
                    "--latency-wait says how long to wait");
        }
    }

    private static List<String> missing(List<String> names, Path folder) {
        return names.stream().filter(name -> !Files.exists(folder.resolve(name))).toList();
    }
}
