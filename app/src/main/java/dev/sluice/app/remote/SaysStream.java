package dev.sluice.app.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a command prints on a server, line by line as it comes. A server says at least every quarter
 * of a minute that it lives; one that is silent for longer is taken for gone.
 */
final class SaysStream implements AutoCloseable {
    private static final int AHEAD = 64;

    private final InputStream body;
    private final Duration silence;
    private final String run;
    private final BlockingQueue<Read> lines = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;

    /** What the reading thread found. */
    private sealed interface Read {
        record Line(String text) implements Read {}

        record Cut(IOException why) implements Read {}
    }

    /** One line of the answer. */
    sealed interface Line {
        record Out(ByteBuffer bytes) implements Line {}

        record Err(ByteBuffer bytes) implements Line {}

        /** All lines before this one are behind the position. */
        record At(String position) implements Line {}

        record Exit(int code) implements Line {}

        /** A sign of life, or what a later server says. */
        record Nothing() implements Line {}
    }

    private SaysStream(HttpResponse<InputStream> answer, Duration silence) {
        body = answer.body();
        run = answer.headers().firstValue("Sluice-Run").orElse("");
        this.silence = silence;
        reader = Thread.ofVirtual().name("says").start(this::read);
    }

    /**
     * Asks, and begins to read.
     *
     * @throws IOException where no answer came, or one that says it may be otherwise in a moment
     */
    static SaysStream open(Server server, HttpRequest request, Duration silence)
            throws IOException {
        HttpResponse<InputStream> answer = server.send(request);
        if (answer.statusCode() != 200) {
            var refused = Troubles.refused(server, answer);
            if (Troubles.passes(answer.statusCode())) {
                throw new NotNow(refused.text());
            }
            throw refused;
        }
        if (!answer.headers().firstValue("Content-Type").orElse("").contains("ndjson")) {
            answer.body().close();
            throw Troubles.stranger(server);
        }
        return new SaysStream(answer, silence);
    }

    /** The server is there, and cannot answer yet. */
    static final class NotNow extends IOException {
        private static final long serialVersionUID = 1;

        NotNow(String message) {
            super(message);
        }
    }

    /** The run that the server found to be meant; empty where it is none. */
    String run() {
        return run;
    }

    /**
     * The next line; waits for it.
     *
     * @throws IOException where the stream was cut
     */
    Line next() throws IOException {
        try {
            Read read = lines.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            return switch (read) {
                case null -> throw new IOException("the server has fallen silent");
                case Read.Cut(var why) -> throw why;
                case Read.Line(var text) -> line(text);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Line line(String text) throws IOException {
        Map<String, Object> fields = JsonTree.object(text.getBytes(StandardCharsets.UTF_8));
        for (var field : fields.entrySet()) {
            if (field.getValue() instanceof String value) {
                switch (field.getKey()) {
                    case "out" -> {
                        return new Line.Out(StandardCharsets.UTF_8.encode(value));
                    }
                    case "err" -> {
                        return new Line.Err(StandardCharsets.UTF_8.encode(value));
                    }
                    case "out64" -> {
                        return new Line.Out(bytes(value));
                    }
                    case "err64" -> {
                        return new Line.Err(bytes(value));
                    }
                    case "at" -> {
                        return new Line.At(value);
                    }
                    default -> {}
                }
            } else if (field.getKey().equals("exit") && field.getValue() instanceof Number code) {
                return new Line.Exit(code.intValue());
            }
        }
        return new Line.Nothing();
    }

    private static ByteBuffer bytes(String base64) throws IOException {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IOException("the answer is damaged", e);
        }
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.put(new Read.Line(line));
            }
            cut(new IOException("the server broke off its answer"));
        } catch (IOException e) {
            cut(e);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void cut(IOException why) {
        try {
            lines.put(new Read.Cut(why));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            body.close();
        } catch (IOException e) {
            // It is not wanted any more.
        }
    }
}
