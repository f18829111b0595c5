package dev.sluice.app.host;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.function.Consumer;

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
    private final Consumer<String> log;

    private Homes(Path data, InstantSource clock, FileChannel lock, Consumer<String> log) {
        runs = data.resolve("runs");
        incoming = data.resolve("incoming");
        this.clock = clock;
        this.lock = lock;
        this.log = log;
    }

    /**
     * @param log told of homes that cannot be used
     * @throws UsageError where another server works in this folder
     */
    static Homes open(Path data, InstantSource clock, Consumer<String> log) {
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
            var homes = new Homes(data.toRealPath(), clock, channel, log);
            Files.createDirectories(homes.incoming);
            Files.createDirectories(homes.runs);
            homes.emptyIncoming();
            // What users submitted is nobody else's business on this machine.
            var mine = PosixFilePermissions.fromString("rwx------");
            Files.setPosixFilePermissions(homes.incoming, mine);
            Files.setPosixFilePermissions(homes.runs, mine);
            return homes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work in " + data + ": " + e.getMessage(), e);
        }
    }

    /** What cannot be deleted is no reason not to serve. */
    private void emptyIncoming() throws IOException {
        try (var left = Files.list(incoming)) {
            for (Path each : left.toList()) {
                try {
                    deleteTree(each);
                } catch (IOException e) {
                    log.accept("cannot delete " + each + ": " + e.getMessage());
                }
            }
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
                HostedRun run = readable(home);
                if (run != null) {
                    found.add(run);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + runs + ": " + e.getMessage(), e);
        }
    }

    private @Nullable HostedRun readable(Path home) {
        try {
            Submission submission = SubmissionFile.read(home);
            if (submission != null && submission.id().equals(home.getFileName().toString())) {
                return new HostedRun(submission, home);
            }
            log.accept(home + " is not the home of a run");
        } catch (UncheckedIOException e) {
            log.accept(String.valueOf(e.getMessage()));
        }
        return null;
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
        Path aside = incoming();
        try {
            Files.move(workflow, aside.resolve("work"), StandardCopyOption.ATOMIC_MOVE);
            HostedRun run = null;
            Instant now = clock.instant();
            for (int number = 1; run == null; number++) {
                String id = ID.format(now) + (number == 1 ? "" : "-" + number);
                if (!Files.exists(runs.resolve(id))) {
                    run = place(aside, new Submission(id, owner, name, words, now, bytes));
                }
            }
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the workflow: " + e.getMessage(), e);
        } finally {
            // There only where it came to nothing.
            deleteIfThere(aside);
        }
    }

    /** Null where the name was taken meanwhile. */
    private @Nullable HostedRun place(Path aside, Submission submission) throws IOException {
        SubmissionFile.write(aside, submission);
        Path home = runs.resolve(submission.id());
        synchronized (this) {
            if (Files.exists(home)) {
                return null;
            }
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        }
        SubmissionFile.sync(runs);
        return new HostedRun(submission, home);
    }

    /** Out of sight at once, and then away. */
    void delete(HostedRun run) {
        Path aside = incoming();
        try {
            Files.move(run.home(), aside.resolve("deleted"), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            // Somebody else was faster.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + run.id() + ": " + e.getMessage(), e);
        } finally {
            deleteIfThere(aside);
        }
    }

    /** What is left of it the next start of the server deletes. */
    private void deleteIfThere(Path folder) {
        try {
            if (Files.exists(folder)) {
                deleteTree(folder);
            }
        } catch (IOException e) {
            log.accept("cannot delete " + folder + ": " + e.getMessage());
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new Deletion());
    }

    /** Jobs may have left folders that not even their owner may look into. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts)
                throws IOException {
            if (!Files.isWritable(dir) || !Files.isExecutable(dir)) {
                open(dir);
            }
            return FileVisitResult.CONTINUE;
        }

        private static void open(Path dir) throws IOException {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(file)) {
                throw failure;
            }
            open(file);
            deleteTree(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The process ends anyway.
        }
    }
}
