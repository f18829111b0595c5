package dev.sluice.app.remote;

import dev.sluice.app.submit.Bundle;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** A bundle on its way, as a form: packed while it is sent, and never whole in memory. */
final class Upload {
    private static final int BUFFER = 1 << 16;
    private static final String LINE = "\r\n";

    private final Bundle bundle;
    private final SequencedMap<String, String> fields;
    private final LongConsumer progress;
    private final String boundary = "sluice-" + HexFormat.of().formatHex(random());
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> packing = new AtomicReference<>();

    /**
     * @param fields parts before the file
     * @param progress hears how many bytes of the bundle are packed, on a thread of the upload
     */
    Upload(Bundle bundle, SequencedMap<String, String> fields, LongConsumer progress) {
        this.bundle = bundle;
        this.fields = fields;
        this.progress = progress;
    }

    /** What was to be sent could not be read. */
    static final class Unpackable extends IOException {
        private static final long serialVersionUID = 1;

        Unpackable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Sends it, once, and waits for the answer.
     *
     * @throws Unpackable where a file cannot be read
     * @throws IOException where the server is lost
     */
    HttpResponse<InputStream> send(Server server, String path) throws IOException {
        HttpRequest request =
                server.request(path)
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(this::open))
                        .build();
        try {
            return server.send(request);
        } catch (IOException e) {
            IOException own = failure.get();
            throw own == null ? e : new Unpackable(own);
        } finally {
            Thread packer = packing.get();
            if (packer != null) {
                packer.interrupt();
            }
        }
    }

    private InputStream open() {
        var pipe = new Pipe();
        packing.set(Thread.ofVirtual().name("packing").start(() -> pack(pipe)));
        return pipe.out();
    }

    /** Ends in an error where packing did: half a form is not to look like a whole one. */
    private void pack(Pipe pipe) {
        try {
            try {
                write(pipe);
            } catch (IOException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    failure.set(e);
                    pipe.end(e);
                }
                return;
            }
            pipe.end(null);
        } catch (IOException nobodyReads) {
            // Whoever sends it knows why.
        }
    }

    private void write(Pipe pipe) throws IOException {
        var out = new BufferedOutputStream(pipe.in(), BUFFER);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text(out, "--" + boundary + LINE);
            text(out, "Content-Disposition: form-data; name=\"" + field.getKey() + "\"");
            text(out, LINE + "Content-Type: text/plain; charset=UTF-8" + LINE + LINE);
            text(out, field.getValue() + LINE);
        }
        text(out, "--" + boundary + LINE);
        text(out, "Content-Disposition: form-data; name=\"bundle\"; filename=\"bundle.tar.gz\"");
        text(out, LINE + "Content-Type: application/gzip" + LINE + LINE);
        bundle.writeTo(out, progress);
        text(out, LINE + "--" + boundary + "--" + LINE);
        out.flush();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
