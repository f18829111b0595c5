package dev.sluice.app.host;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The homes of runs below the server's data folder. A run is there once its home has its final
 * name; what was being received when a server died is thrown away at the next start.
 */
final class Homes implements AutoCloseable {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path runs;
    private final Path incoming;
    private final InstantSource clock;
    private final FileChannel lock;

    private Homes(Path data, InstantSource clock, FileChannel lock) {
        runs = data.resolve("runs");
        incoming = data.resolve("incoming");
        this.clock = clock;
        this.lock = lock;
    }

    /**
     * @throws UsageError where another server works in this folder
     */
    static Homes open(Path data, InstantSource clock) {
        try {
            Files.createDirectories(data);
            FileChannel channel =
                    FileChannel.open(
                            data.resolve("server.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new UsageError(
                        "another server works in " + data, "stop it, or choose another --data");
            }
            var homes = new Homes(data.toRealPath(), clock, channel);
            if (Files.exists(homes.incoming)) {
                deleteTree(homes.incoming);
            }
            Files.createDirectories(homes.incoming);
            Files.createDirectories(homes.runs);
            // What users submitted is nobody else's business on this machine.
            var mine = PosixFilePermissions.fromString("rwx------");
            Files.setPosixFilePermissions(homes.incoming, mine);
            Files.setPosixFilePermissions(homes.runs, mine);
            return homes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work in " + data + ": " + e.getMessage(), e);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    List<HostedRun> all() {
        try (var folders = Files.list(runs)) {
            List<HostedRun> found = new ArrayList<>();
            for (Path home : folders.sorted().toList()) {
                HostedRun run = read(home);
                if (run != null) {
                    found.add(run);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable HostedRun read(Path home) {
        Submission submission = SubmissionFile.read(home);
        return submission == null || !submission.id().equals(home.getFileName().toString())
                ? null
                : new HostedRun(submission, home);
    }

    Path incoming() {
        try {
            return Files.createDirectory(incoming.resolve(UUID.randomUUID().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot receive: " + e.getMessage(), e);
        }
    }

    /** Moves the workflow into a home of its own, which appears whole or not at all. */
    HostedRun accept(String owner, String name, List<String> words, Path workflow, long bytes) {
        Instant now = clock.instant();
        try {
            Path aside = incoming();
            Files.move(workflow, aside.resolve("work"), StandardCopyOption.ATOMIC_MOVE);
            for (int number = 1; ; number++) {
                String id = ID.format(now) + (number == 1 ? "" : "-" + number);
                if (Files.exists(runs.resolve(id))) {
                    continue;
                }
                var submission = new Submission(id, owner, name, words, now, bytes);
                SubmissionFile.write(aside, submission);
                HostedRun run = place(aside, submission);
                if (run != null) {
                    return run;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the workflow: " + e.getMessage(), e);
        }
    }

    /** Null where the name was taken meanwhile. */
    private @Nullable HostedRun place(Path aside, Submission submission) throws IOException {
        Path home = runs.resolve(submission.id());
        synchronized (this) {
            try {
                if (Files.exists(home)) {
                    return null;
                }
                Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException taken) {
                return null;
            }
        }
        SubmissionFile.sync(runs);
        return new HostedRun(submission, home);
    }

    /** Out of sight at once, and then away. */
    void delete(HostedRun run) {
        try {
            Path aside = incoming();
            Files.move(run.home(), aside.resolve("deleted"), StandardCopyOption.ATOMIC_MOVE);
            deleteTree(aside);
        } catch (NoSuchFileException gone) {
            // Somebody else was faster.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + run.id() + ": " + e.getMessage(), e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts)
                            throws IOException {
                        if (!Files.isWritable(dir) && !Files.isSymbolicLink(dir)) {
                            Files.setPosixFilePermissions(
                                    dir, PosixFilePermissions.fromString("rwx------"));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path dir, @Nullable IOException failure) throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
