package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells one watcher what is printed to a file, until nothing more is to come. Runs on a virtual
 * thread of its own, which waits while the watcher is slow: nothing is read ahead.
 */
final class LogStream implements Live, Runnable {
    private static final long PAUSE_MILLIS = 250;

    private final Sse sse;
    private final Path file;
    private final BooleanSupplier over;
    private final Semaphore room = new Semaphore(0);
    private final CountDownLatch closed;
    private long offset;

    /**
     * @param over whether all was printed; asked before the last look at the file
     * @param closed is at zero once the watcher is gone
     */
    LogStream(Sse sse, Path file, long offset, BooleanSupplier over, CountDownLatch closed) {
        this.sse = sse;
        this.file = file;
        this.offset = offset;
        this.over = over;
        this.closed = closed;
    }

    @Override
    public void run() {
        try {
            while (closed.getCount() > 0) {
                boolean whole = over.getAsBoolean();
                LogPiece piece = LogPiece.read(file, offset, whole);
                if (!piece.isEmpty()) {
                    tell(piece);
                } else if (whole) {
                    sse.onLoop(() -> sse.end(RunStream.END.copy()));
                    return;
                } else if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        } catch (UncheckedIOException | IllegalStateException e) {
            // Gone with its run, or the server is closing: the watcher asks anew and is told.
            end();
        }
    }

    @Override
    public void wake() {
        // It looks by itself.
    }

    @Override
    public void beat() {
        sse.onLoop(
                () -> {
                    if (!sse.isFull()) {
                        sse.write(Events.BEAT);
                    }
                });
    }

    @Override
    public void end() {
        sse.onLoop(sse::end);
    }

    private void tell(LogPiece piece) throws InterruptedException {
        offset = piece.next();
        var event = Events.event("text", Long.toString(piece.next()), json(piece));
        sse.onLoop(
                () -> {
                    sse.write(event);
                    if (sse.isOpen() && sse.isFull()) {
                        sse.whenDrained(room::release);
                    } else {
                        room.release();
                    }
                });
        room.acquire();
    }

    private static byte[] json(LogPiece piece) {
        var bytes = new ByteArrayOutputStream(piece.text().length() + 64);
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("offset", piece.offset());
            json.writeNumberField("next", piece.next());
            json.writeStringField("text", piece.text());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
