package dev.sluice.executor.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The connection to a run's supervisor. Never knows what a job is. */
final class Supervisor implements AutoCloseable {
    private static final int LONGEST_GREETING = 200;
    private static final String READY = "ready\n";
    private static final String BUSY = "busy\n";

    private final SocketChannel channel;

    private Supervisor(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Comes to one that runs and waits for its greeting.
     *
     * @throws IOException when it does not greet in time, or ends instead
     */
    static Supervisor attach(SupervisorPlace place, Duration patience, Supervisors.Seeker seeker)
            throws IOException {
        Supervisor supervisor = seeker.connect(Path.of(place.socket()));
        CompletableFuture<Void> limit = after(patience, supervisor::close);
        try {
            supervisor.awaitGreeting();
            return supervisor;
        } catch (ClosedChannelException e) {
            throw new IOException("it does not answer", e);
        } catch (IOException e) {
            supervisor.close();
            throw e;
        } finally {
            limit.cancel(false);
        }
    }

    /** Byte by byte: what comes after the greeting is for whoever listens. */
    private void awaitGreeting() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int length = 0; length < LONGEST_GREETING; length++) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("it is about to end");
            }
            if (one.get(0) == '\n') {
                return;
            }
        }
        throw new IOException("it does not greet as a supervisor does");
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param machine how it names the place where it runs
     * @throws SupervisorBusy when the run has one
     */
    static Supervisor start(
            LocalSettings settings, String machine, Duration patience, Supervisors.Seeker seeker)
            throws IOException {
        Path socket = SocketPlace.find(settings.runFolder());
        Process process = launch(settings, socket, machine);
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<Void> limit =
                after(
                        patience,
                        () -> {
                            late.set(true);
                            kill(process.toHandle());
                        });
        try (InputStream output = process.getInputStream();
                OutputStream _ = process.getOutputStream()) {
            String said = text(output.readNBytes(READY.length()));
            if (!said.equals(READY)) {
                said += text(output.readAllBytes());
                if (said.equals(BUSY)) {
                    throw new SupervisorBusy();
                }
                throw new IOException(whyNot(settings, said.strip(), late.get()));
            }
        } finally {
            limit.cancel(false);
        }
        return seeker.connect(socket);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String whyNot(LocalSettings settings, String said, boolean late) {
        if (late) {
            return "it was not ready in time";
        }
        return said.isEmpty()
                ? "it did not start: see " + settings.runFolder().resolve("supervisor.log")
                : said;
    }

    private static Process launch(LocalSettings settings, Path socket, String machine)
            throws IOException {
        Path program = settings.pythonFolder().resolve("sluice_supervisor/supervisor.py");
        ProcessBuilder builder =
                new ProcessBuilder(
                        settings.python(),
                        "-I",
                        "-S",
                        program.toString(),
                        settings.runFolder().toString(),
                        socket.toString(),
                        machine);
        builder.directory(settings.workdir().toFile());
        Path log = settings.runFolder().resolve("supervisor.log");
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    /** With its children: a wrapper's child would keep the pipe open. */
    private static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    static CompletableFuture<Void> after(Duration time, Runnable action) {
        return CompletableFuture.runAsync(
                action, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    static Supervisor connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Supervisor(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Blocks only while the system's buffer is full. */
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Waits for what it says; false at the end. */
    boolean receive(ByteBuffer into) throws IOException {
        into.clear();
        boolean more = channel.read(into) >= 0;
        into.flip();
        return more;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
