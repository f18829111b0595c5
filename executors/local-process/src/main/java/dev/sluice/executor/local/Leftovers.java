package dev.sluice.executor.local;

import dev.sluice.executor.local.ProcessTable.Seen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processes of a run whose engine is gone. Stops them, so that whoever makes the same outputs
 * does not write against them. Never touches what another run has started.
 */
public final class Leftovers {
    /** A busy machine, and many processes. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path runFolder;

    public Leftovers(Path runFolder) {
        this.runFolder = runFolder;
    }

    /** What every process of a run has in its environment: the run's folder. */
    static String mark(Path runFolder) {
        Path path;
        try {
            // The next run may come to the same folder by another way.
            path = runFolder.toRealPath();
        } catch (IOException e) {
            path = runFolder.toAbsolutePath();
        }
        return "SLUICE_RUN=" + path;
    }

    /**
     * Stops all that is left and waits for its end: first through the supervisor, then by what
     * shows whose they are, for those that lost their supervisor.
     *
     * @param grace what a process has to come to an end by itself
     */
    public void stop(Duration grace) {
        SupervisorPlace place = SupervisorPlace.read(runFolder);
        if (place != null && place.lives()) {
            stopSupervisor(place, grace);
        }
        stopOrphans(grace);
    }

    private static void stopSupervisor(SupervisorPlace place, Duration grace) {
        try (Supervisor supervisor = Supervisor.connect(Path.of(place.socket()))) {
            // One that is stuck must not keep this engine from its own work.
            var limit = Supervisor.after(grace.plus(PATIENCE), supervisor::close);
            SupervisorFrames frames = new SupervisorFrames();
            frames.words("stop", Double.toString(grace.toMillis() / 1000.0));
            supervisor.send(frames.take());
            ByteBuffer said = ByteBuffer.allocate(1 << 16);
            while (supervisor.receive(said)) {
                // It ends when all its jobs have ended.
            }
            limit.cancel(false);
        } catch (IOException e) {
            // Nobody listens: it was killed too, and its jobs are found without it.
        }
        if (!awaitEnd(place, grace)) {
            place.kill();
            awaitEnd(place, PATIENCE);
        }
    }

    /** Whether its process has ended within that time. */
    static boolean awaitEnd(SupervisorPlace place, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (place.lives()) {
            if (System.nanoTime() > end || !pause()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Those whose supervisor is dead, with their process groups: kindly, then by force, until none
     * is found. Does nothing while the supervisor lives.
     */
    void stopOrphans(Duration grace) {
        SupervisorPlace place = SupervisorPlace.read(runFolder);
        if (place != null && place.lives()) {
            return;
        }
        Map<Long, Seen> told = new LinkedHashMap<>();
        long kind = System.nanoTime() + grace.toNanos();
        long end = kind + PATIENCE.toNanos();
        // What was found may start others before it hears.
        for (List<Seen> found = find(place); !found.isEmpty(); found = find(place)) {
            boolean byForce = System.nanoTime() >= kind;
            // A parent hears it first: else it would go on with its next command.
            for (Seen process : found) {
                if (byForce || !process.equals(told.put(process.pid(), process))) {
                    signal(process, byForce);
                }
            }
            if (System.nanoTime() > end || !awaitAny(found, byForce ? end : kind)) {
                return;
            }
        }
    }

    private static void signal(Seen process, boolean byForce) {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElse(null);
        // The handle is of this process only if the process is still there after it was got.
        if (handle != null && process.lives()) {
            var _ = byForce ? handle.destroyForcibly() : handle.destroy();
        }
    }

    /** Until all have ended or the time is up; false when interrupted. */
    private static boolean awaitAny(List<Seen> processes, long until) {
        List<Seen> left = new ArrayList<>(processes);
        while (!left.isEmpty() && System.nanoTime() < until) {
            left.removeIf(process -> !process.lives());
            if (!left.isEmpty() && !pause()) {
                return false;
            }
        }
        return true;
    }

    /** A moment; false when interrupted. */
    static boolean pause() {
        try {
            Thread.sleep(20);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Seen> find(@Nullable SupervisorPlace dead) {
        List<Seen> all = ProcessTable.all();
        byte[] mark = NativeText.bytes(mark(runFolder) + "\0");
        long session = sessionOf(dead, all);
        Set<Long> spared = ownLine();
        Set<Seen> found = new HashSet<>();
        Set<Long> groups = new HashSet<>();
        for (Seen process : all) {
            if (spared.contains(process.pid())) {
                continue;
            }
            if (process.session() == session || process.has(mark)) {
                found.add(process);
                groups.add(process.group());
            }
        }
        Seen self = ProcessTable.of(ProcessHandle.current().pid());
        groups.remove(self == null ? 0 : self.group());
        return all.stream()
                .filter(process -> !spared.contains(process.pid()))
                .filter(process -> found.contains(process) || groups.contains(process.group()))
                .toList();
    }

    /**
     * The session of a dead supervisor, by which those are found that dropped their environment; -1
     * when there is none. While any of it runs, its number is given to no other; so a process of
     * that number is a newcomer, and all the session with it.
     */
    private static long sessionOf(@Nullable SupervisorPlace dead, List<Seen> all) {
        if (dead == null || !dead.isHere()) {
            return -1;
        }
        return all.stream().anyMatch(process -> process.pid() == dead.pid()) ? -1 : dead.pid();
    }

    /** This process and those above it: an engine may have been started from a job of the run. */
    private static Set<Long> ownLine() {
        Set<Long> line = new HashSet<>();
        for (ProcessHandle each = ProcessHandle.current();
                each != null;
                each = each.parent().orElse(null)) {
            line.add(each.pid());
        }
        return line;
    }
}
