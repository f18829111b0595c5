package dev.sluice.executor.local;

import dev.sluice.engine.journal.Holder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/**
 * Where a run's supervisor is, as it has written down itself; the file goes when the supervisor
 * ends in order. Tells whether it lives: here by looking at the process, on another host by its
 * beats. Never trusts a pid of another boot.
 *
 * @param machine host, boot and process namespace
 * @param started the process's start time in the kernel's own counting, or a dash
 */
public record SupervisorPlace(
        String host, String machine, long pid, String started, String socket) {
    /** Several beats, and what a network file system may hold back. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(500);

    /** Time as a watcher counts it. Tests have one of their own. */
    interface Watch {
        /** Waits, and says how long that took. */
        Duration waited(Duration pause) throws InterruptedException;
    }

    /**
     * The other host on which the run's supervisor lives, and with it the run's jobs; null when it
     * is on this one or dead. Waits for a beat when there is one on another host: about ten seconds
     * when it lives, a minute when it does not.
     */
    public static @Nullable String livesOnHost(Path runFolder) {
        return livesOnHost(runFolder, Holder.self().machine(), SupervisorPlace::sleep);
    }

    static @Nullable String livesOnHost(Path runFolder, String machine, Watch watch) {
        SupervisorPlace place = read(runFolder);
        if (place == null || place.isOn(machine) || place.isOfAnotherBoot(machine)) {
            return null;
        }
        return place.beats(runFolder, watch) ? place.host : null;
    }

    /** By the watcher's own clock: those of two hosts may differ. */
    private boolean beats(Path runFolder, Watch watch) {
        FileTime before = beat(runFolder);
        Duration silent = Duration.ZERO;
        try {
            while (before != null && silent.compareTo(SILENCE) < 0) {
                silent = silent.plus(watch.waited(LOOK));
                FileTime now = beat(runFolder);
                if (now == null) {
                    return false;
                }
                if (!now.equals(before)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static @Nullable FileTime beat(Path runFolder) {
        // Opened, since that makes an NFS client ask the server.
        try (FileChannel _ = FileChannel.open(file(runFolder), StandardOpenOption.READ)) {
            return Files.getLastModifiedTime(file(runFolder));
        } catch (IOException e) {
            return null;
        }
    }

    private static Duration sleep(Duration pause) throws InterruptedException {
        long begun = System.nanoTime();
        Thread.sleep(pause);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static Path file(Path runFolder) {
        return runFolder.resolve("supervisor.at");
    }

    /** The one that has not ended in order, or null. */
    static @Nullable SupervisorPlace read(Path runFolder) {
        try {
            List<String> lines = Files.readAllLines(file(runFolder));
            return lines.size() < 5
                    ? null
                    : new SupervisorPlace(
                            lines.get(0),
                            lines.get(1),
                            Long.parseLong(lines.get(2)),
                            lines.get(3),
                            lines.get(4));
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    /** Whether its process, if there is one, can be seen from here. */
    boolean isHere() {
        return isOn(Holder.self().machine());
    }

    private boolean isOn(String other) {
        return machine.equals(other);
    }

    private boolean isOfAnotherBoot(String other) {
        return host.equals(word(other, 0)) && !word(machine, 1).equals(word(other, 1));
    }

    private static String word(String machine, int number) {
        String[] words = machine.split(" ", -1);
        return words.length > number ? words[number] : "-";
    }

    /** Whether its process runs on this machine. */
    boolean lives() {
        if (!isHere()) {
            return false;
        }
        if (!ProcessTable.isThere()) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        ProcessTable.Seen seen = ProcessTable.of(pid);
        return seen != null && Long.toString(seen.started()).equals(started);
    }

    /** Ends it by force; it is known to be the very process, and nothing can be said to it. */
    void kill() {
        if (lives()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** One that was killed leaves its socket behind. */
    void removeSocket() {
        Path path = Path.of(socket);
        try {
            if (isHere() && Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // It is gone, or it may stay: nobody else takes that name.
        }
    }
}
