package dev.sluice.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Where one run keeps what it knows: {@code .sluice/runs/ID} in the working folder. Ids sort by
 * time.
 */
public record RunFolder(Path workdir, String id) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final String ROOT = ".sluice";

    /**
     * A folder for a new run; {@code .sluice} is made where it is not there, and tells git to pass
     * over it.
     */
    public static RunFolder create(Path workdir, InstantSource clock) {
        try {
            prepare(workdir.resolve(ROOT));
            String time = TIME.format(clock.instant());
            for (int number = 1; ; number++) {
                var run = new RunFolder(workdir, number == 1 ? time : time + "-" + number);
                if (run.make()) {
                    return run;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a run's folder in " + workdir + ": " + e.getMessage(), e);
        }
    }

    /** The folder of this id: a new one, or the one that is there. For whoever gives out ids. */
    public static RunFolder named(Path workdir, String id) {
        var run = new RunFolder(workdir, id);
        try {
            prepare(workdir.resolve(ROOT));
            Files.createDirectories(run.logs());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a run's folder in " + workdir + ": " + e.getMessage(), e);
        }
    }

    private static void prepare(Path root) throws IOException {
        Files.createDirectories(root.resolve("runs"));
        if (!Files.exists(root.resolve(".gitignore"))) {
            Files.writeString(root.resolve(".gitignore"), "*\n");
        }
    }

    /** All runs of a working folder, the oldest first. */
    public static List<RunFolder> all(Path workdir) {
        Path runs = workdir.resolve(ROOT).resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (var names = Files.list(runs)) {
            return names.map(path -> new RunFolder(workdir, path.getFileName().toString()))
                    .filter(run -> Files.isDirectory(run.path()))
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs + ": " + e.getMessage(), e);
        }
    }

    static Path provenance(Path workdir) {
        return workdir.resolve(ROOT).resolve("provenance");
    }

    static Path taking(Path workdir) {
        return workdir.resolve(ROOT).resolve("taking");
    }

    public Path path() {
        return workdir.resolve(ROOT).resolve("runs").resolve(id);
    }

    public Path journal() {
        return path().resolve("journal");
    }

    /** A projection, written by {@link PlanFile}; may be absent. */
    public Path plan() {
        return path().resolve("plan");
    }

    public Path logs() {
        return path().resolve("logs");
    }

    Path hold() {
        return path().resolve("hold");
    }

    Path heldOutputs() {
        return path().resolve("held-outputs");
    }

    private boolean make() throws IOException {
        try {
            Files.createDirectory(path());
            Files.createDirectory(logs());
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }
}
