package dev.sluice.app.watch;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One event stream to one watcher. Owned by the event loop of its connection, but for {@link
 * #onLoop}. Buffers nothing of its own: whoever writes asks first whether there is room.
 */
final class Sse {
    private final Context context;
    private final HttpServerResponse response;
    private final List<Runnable> closers = new ArrayList<>();
    private boolean open = true;
    private @Nullable Runnable drained;

    private Sse(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
    }

    /** Begins the answer; on the connection's event loop. */
    static Sse begin(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                // Proxies would hold events back.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        var sse = new Sse(routing.vertx().getOrCreateContext(), response);
        response.exceptionHandler(_ -> sse.close());
        response.closeHandler(_ -> sse.close());
        response.drainHandler(_ -> sse.drain());
        if (response.closed()) {
            sse.close();
        } else {
            response.write("retry: 1000\n\n");
        }
        return sse;
    }

    /** From any thread: runs the work on the connection's event loop. */
    void onLoop(Runnable work) {
        context.runOnContext(_ -> work.run());
    }

    boolean isOpen() {
        return open;
    }

    /** Calls once when it has ended, however that came; at once where it has. */
    void whenClosed(Runnable work) {
        if (open) {
            closers.add(work);
        } else {
            work.run();
        }
    }

    /** Whether what was written before has not gone out yet. */
    boolean isFull() {
        return response.writeQueueFull();
    }

    /** Calls once there is room again. */
    void whenDrained(Runnable work) {
        drained = work;
    }

    void write(Buffer event) {
        if (open) {
            response.write(event);
        }
    }

    /** The last event. */
    void end(Buffer event) {
        if (open) {
            response.end(event);
            close();
        }
    }

    void end() {
        if (open) {
            response.end();
            close();
        }
    }

    private void drain() {
        Runnable work = drained;
        drained = null;
        if (work != null && open) {
            work.run();
        }
    }

    private void close() {
        if (open) {
            open = false;
            // Whoever waits for room learns that there will be none.
            Runnable work = drained;
            drained = null;
            if (work != null) {
                work.run();
            }
            closers.forEach(Runnable::run);
        }
    }
}
