package dev.sluice.app.edge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server that keeps what it gets: as much of SMTP as one client needs. */
final class MailSink implements AutoCloseable {
    /** Whole, envelope first. */
    final List<String> messages = new CopyOnWriteArrayList<>();

    /** Said instead of taking a message: "451 later" and the like; so often. */
    final AtomicInteger refusals = new AtomicInteger();

    volatile String refusal = "451 later";

    private final ServerSocket socket;

    MailSink() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    talk(client);
                }
            }
        } catch (SocketException closed) {
            // The end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void talk(Socket client) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        var message = new StringBuilder();
        say(client, "220 sink");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String word = line.toUpperCase(Locale.ROOT);
            if (word.startsWith("QUIT")) {
                say(client, "221 bye");
                return;
            } else if (word.startsWith("MAIL")
                    && refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                say(client, refusal);
            } else if (word.startsWith("DATA")) {
                say(client, "354 go on");
                for (String data = in.readLine(); !data.equals("."); data = in.readLine()) {
                    message.append(data).append('\n');
                }
                messages.add(message.toString());
                say(client, "250 kept");
            } else {
                message.append(line).append('\n');
                say(client, "250 fine");
            }
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
