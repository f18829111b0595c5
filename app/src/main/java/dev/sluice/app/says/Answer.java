package dev.sluice.app.says;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.runs.Bookmark;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * The answer as it goes out, one JSON object a line: {@code {"out":text}}, {@code {"err":text}}, as
 * {@code out64} and {@code err64} what is no text, {@code {"at":position}}, at the end {@code
 * {"exit":code}}, and {@code {}} so that silence is not taken for death.
 *
 * <p>Written by the command's thread, which waits until each line is on its way: a client that
 * reads slowly slows the command down, and nothing piles up. Where the client is gone, what is
 * written is dropped.
 */
final class Answer implements Bookmark {
    static final String TYPE = "application/x-ndjson";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int CHUNK = 1 << 15;

    private final HttpServerResponse response;
    private final String after;
    private final Terminal terminal;
    private boolean wroteSinceMark;
    private volatile long lastNanos = System.nanoTime();

    Answer(HttpServerResponse response, Request request) {
        this.response = response;
        after = request.after();
        terminal =
                new Terminal(
                        stream("out"),
                        stream("err"),
                        request.err() && request.colour(),
                        request.err());
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** What the command writes to. */
    Terminal terminal() {
        return terminal;
    }

    @Override
    public String after() {
        return after;
    }

    @Override
    public void reached(Supplier<String> position) {
        terminal.flush();
        if (wroteSinceMark) {
            wroteSinceMark = false;
            String text = position.get();
            dropping(() -> line(json -> json.writeStringField("at", text)));
        }
    }

    /** The last line. */
    void end(int exit) {
        terminal.flush();
        dropping(() -> line(json -> json.writeNumberField("exit", exit)));
        dropping(() -> waitFor(response.end().toCompletionStage().toCompletableFuture()));
    }

    /** From the event loop: says that the command is still at work, where nothing else does. */
    void beat(long everyNanos) {
        if (System.nanoTime() - lastNanos < everyNanos
                || response.ended()
                || response.closed()
                || response.writeQueueFull()) {
            return;
        }
        try {
            response.write("{}\n");
        } catch (IllegalStateException ended) {
            // Between the look and the word.
        }
    }

    private PrintStream stream(String name) {
        var chunks =
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        write(new byte[] {(byte) single}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        for (int at = 0; at < length; at += CHUNK) {
                            chunk(name, bytes, from + at, Math.min(CHUNK, length - at));
                        }
                    }
                };
        return new PrintStream(
                new BufferedOutputStream(chunks, CHUNK), false, StandardCharsets.UTF_8);
    }

    private void chunk(String name, byte[] bytes, int from, int length) throws IOException {
        wroteSinceMark = true;
        String text = text(bytes, from, length);
        line(
                json -> {
                    if (text.isEmpty()) {
                        json.writeFieldName(name + "64");
                        json.writeBinary(bytes, from, length);
                    } else {
                        json.writeStringField(name, text);
                    }
                });
    }

    /** Empty where it is no UTF-8, or begins or ends within a character. */
    private static String text(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private void line(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        bytes.write('\n');
        try {
            waitFor(
                    response.write(Buffer.buffer(bytes.toByteArray()))
                            .toCompletionStage()
                            .toCompletableFuture());
        } catch (IllegalStateException closed) {
            throw new IOException("nobody reads the answer", closed);
        }
        lastNanos = System.nanoTime();
    }

    private static void waitFor(CompletableFuture<?> sent) throws IOException {
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("nobody reads the answer", e);
        } catch (ExecutionException e) {
            throw new IOException("nobody reads the answer", e);
        }
    }

    @FunctionalInterface
    private interface Sending {
        void run() throws IOException;
    }

    private static void dropping(Sending sending) {
        try {
            sending.run();
        } catch (IOException | UncheckedIOException | IllegalStateException gone) {
            // The client is: whoever writes the next line learns it too.
        }
    }
}
