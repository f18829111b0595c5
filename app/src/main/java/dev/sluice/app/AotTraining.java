package dev.sluice.app;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the JVM's AOT cache for this build, once, in a process of its own that outlives the command
 * which asked for it. The launcher asks with the property {@code sluice.aot.target} when it found
 * no cache. Never fails a command, never waits unless told to, never writes outside the cache's
 * folder but for a temporary one that the training works in and removes.
 */
final class AotTraining {

    /** Where the launcher wants the cache; absent when there is one or none is wanted. */
    private static final String TARGET = "sluice.aot.target";

    private static final Duration STALE = Duration.ofMinutes(10);

    /**
     * The arguments: lock, unfinished cache, cache, then the command that trains, which gets an
     * empty folder to work in. It gets no cache when that command failed.
     */
    private static final String SCRIPT =
            """
            lock=$1 unfinished=$2 cache=$3
            shift 3
            work=$(mktemp -d) || { rm -f "$lock"; exit 1; }
            trap 'cd /; rm -rf "$work" "$lock" "$unfinished" "$unfinished.config"' EXIT
            trap 'exit 1' HUP INT TERM
            cd "$work" || exit 1
            "$@" && mv -f "$unfinished" "$cache"
            """;

    private AotTraining() {}

    /** Starts the training when the launcher asked for it and nobody else is at it. */
    static void startIfWanted() {
        String target = System.getProperty(TARGET);
        if (target == null) {
            return;
        }
        try {
            start(Path.of(target));
        } catch (IOException e) {
            // No cache folder, a read-only one, no sh: everything works without a cache.
        }
    }

    private static void start(Path cache) throws IOException {
        Path folder = Files.createDirectories(cache.toAbsolutePath().getParent());
        Path lock = folder.resolve(cache.getFileName() + ".lock");
        if (Files.exists(cache) || !take(lock)) {
            return;
        }
        Path unfinished = folder.resolve(cache.getFileName() + "." + ProcessHandle.current().pid());
        var command = new ArrayList<String>(background());
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "sluice-aot"));
        command.addAll(List.of(lock.toString(), unfinished.toString(), cache.toString()));
        command.addAll(trainingCommand(unfinished));
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD);
        try {
            Process training = builder.start();
            if ("wait".equals(System.getenv("SLUICE_AOT"))) {
                training.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            Files.deleteIfExists(lock);
            throw e;
        }
    }

    /** The lock is a file that only one can create; one left by a crash is taken over. */
    private static boolean take(Path lock) throws IOException {
        try {
            Files.createFile(lock);
            return true;
        } catch (FileAlreadyExistsException e) {
            Instant taken = Files.getLastModifiedTime(lock).toInstant();
            if (taken.isAfter(Instant.now().minus(STALE))) {
                return false;
            }
            // Whoever deletes it may lose the race for the new one: then the other trains.
            Files.deleteIfExists(lock);
            Files.createFile(lock);
            return true;
        }
    }

    /** In a session of its own, so that a closed terminal or a Ctrl-C does not end it. */
    private static List<String> background() {
        var prefix = new ArrayList<String>();
        if (onPath("setsid")) {
            prefix.add("setsid");
        }
        if (onPath("nice")) {
            prefix.addAll(List.of("nice", "-n", "19"));
        }
        return prefix;
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (String folder : path.split(":", -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * This JVM's own flags (a cache is only good for them) but for the compiler's: what the second
     * compiler would want to know of a run is learnt by the first.
     */
    private static List<String> trainingCommand(Path unfinished) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : jvmFlags()) {
            if (!flag.startsWith("-D" + TARGET) && !flag.startsWith("-XX:TieredStopAtLevel")) {
                command.add(flag);
            }
        }
        command.add("-XX:AOTCacheOutput=" + unfinished);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Rehearsal.class.getName());
        return command;
    }

    private static List<String> jvmFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}
