package dev.sluice.executor.local;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The connection to a run's supervisor. Never knows what a job is. */
final class Supervisor implements AutoCloseable {
    private final SocketChannel channel;

    private Supervisor(SocketChannel channel) {
        this.channel = channel;
    }

    /** Starts one and waits until it listens. */
    static Supervisor start(LocalSettings settings) throws IOException {
        Path socket = SocketPlace.find(settings.runFolder());
        Process process = launch(settings, socket);
        byte[] word = process.getInputStream().readNBytes(6);
        if (word.length < 6) {
            throw new IOException(
                    "the supervisor did not start: see "
                            + settings.runFolder().resolve("supervisor.log"));
        }
        process.getInputStream().close();
        process.getOutputStream().close();
        return connect(socket);
    }

    private static Process launch(LocalSettings settings, Path socket) throws IOException {
        Path program = settings.pythonFolder().resolve("sluice_supervisor/supervisor.py");
        ProcessBuilder builder =
                new ProcessBuilder(
                        settings.python(),
                        "-I",
                        "-S",
                        program.toString(),
                        settings.runFolder().toString(),
                        socket.toString());
        builder.directory(settings.workdir().toFile());
        File log = settings.runFolder().resolve("supervisor.log").toFile();
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log));
        return builder.start();
    }

    private static Supervisor connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new Supervisor(channel);
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
