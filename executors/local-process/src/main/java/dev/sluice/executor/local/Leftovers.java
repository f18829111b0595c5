package dev.sluice.executor.local;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The processes of a run whose engine is gone. Stops them, so that whoever makes the same outputs
 * does not write against them. Never touches what another run has started.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Path PROCESSES = Path.of("/proc");

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
     * Stops all that is left and waits for its end: first through the supervisor, then by the mark
     * in the environment, for those that lost their supervisor.
     *
     * @param grace what a process has to come to an end by itself
     */
    public void stop(Duration grace) {
        stopSupervisor(grace);
        stopMarked(grace);
    }

    private void stopSupervisor(Duration grace) {
        Path place = runFolder.resolve("supervisor.socket");
        if (!Files.exists(place)) {
            return;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Files.readString(place).strip()));
            SupervisorFrames frames = new SupervisorFrames();
            frames.words("stop", Double.toString(grace.toMillis() / 1000.0));
            ByteBuffer words = frames.take();
            while (words.hasRemaining()) {
                channel.write(words);
            }
            ByteBuffer said = ByteBuffer.allocate(1 << 16);
            while (channel.read(said.clear()) >= 0) {
                // It ends when all its jobs have ended.
            }
        } catch (IOException e) {
            // Nobody listens: it was killed too, and its jobs are found by their mark.
        }
    }

    /** Those that have the run's mark, whoever their parent is. */
    void stopMarked(Duration grace) {
        List<ProcessHandle> left = marked();
        if (left.isEmpty()) {
            return;
        }
        left.forEach(ProcessHandle::destroy);
        await(left, grace);
        left.forEach(ProcessHandle::destroyForcibly);
        await(left, PATIENCE);
        // What they started on their way out.
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    private static void await(List<ProcessHandle> processes, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> marked = new ArrayList<>();
        byte[] mark = NativeText.bytes(mark(runFolder) + "\0");
        if (!Files.isDirectory(PROCESSES)) {
            return marked;
        }
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : all) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != self && has(process.resolve("environ"), mark)) {
                    ProcessHandle.of(pid).ifPresent(marked::add);
                }
            }
        } catch (IOException e) {
            // What cannot be seen cannot be stopped.
        }
        return marked;
    }

    private static boolean has(Path environment, byte[] mark) {
        byte[] text;
        try {
            text = Files.readAllBytes(environment);
        } catch (IOException e) {
            return false;
        }
        for (int at = 0; at + mark.length <= text.length; at++) {
            boolean begins = at == 0 || text[at - 1] == 0;
            if (begins && Arrays.equals(text, at, at + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }
}
