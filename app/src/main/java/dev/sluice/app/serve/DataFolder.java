package dev.sluice.app.serve;

import dev.sluice.app.console.UsageError;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a server keeps its runs, looked at before it begins to work there. */
final class DataFolder {
    private DataFolder() {}

    /**
     * The folder, made where it is not there.
     *
     * @throws UsageError where a server cannot work in it
     */
    static Path checked(Path folder) {
        Path data = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw unusable(data, reason(e));
        }
        if (!Files.isWritable(data)) {
            throw unusable(data, "it cannot be written to");
        }
        boolean strange =
                !Files.exists(data.resolve("server.lock"))
                        && (Files.exists(data.resolve("incoming"))
                                || Files.exists(data.resolve("runs")));
        if (strange) {
            // A server empties `incoming` when it starts: it had better be its own.
            throw unusable(data, "`incoming` or `runs` in it belongs to something else");
        }
        return data;
    }

    private static UsageError unusable(Path data, String why) {
        return new UsageError(
                "cannot keep runs in " + data + ": " + why,
                "--data DIR names a folder for this server alone");
    }

    private static String reason(IOException error) {
        return switch (error) {
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case NoSuchFileException none -> "there is no " + none.getFile();
            case FileAlreadyExistsException other -> "a file is in the way: " + other.getFile();
            default -> String.valueOf(error.getMessage());
        };
    }
}
