package dev.sluice.app.watch;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Tells one watcher what changes in a run, from where the watcher is. At most one delta is under
 * way: while the watcher is slow nothing is made for it, and the next delta covers what it missed.
 * Its fields belong to the connection's event loop; deltas are made elsewhere.
 */
final class RunStream implements Live {
    private static final System.Logger LOG = System.getLogger(RunStream.class.getName());

    static final Buffer END = Events.event("end", "", Events.NOTHING);

    private final Sse sse;
    private final Watch watch;
    private final BooleanSupplier active;
    private final Executor work;
    private String after;
    private long version = -1;
    private boolean busy;
    private boolean due;

    private record Next(@Nullable Told told, long version, boolean over) {}

    /**
     * @param after what the watcher has; empty where it wants what comes from now on
     * @param active whether an engine is, or will be, at work on the run
     * @param work where deltas are made
     */
    RunStream(Sse sse, Watch watch, BooleanSupplier active, String after, Executor work) {
        this.sse = sse;
        this.watch = watch;
        this.active = active;
        this.after = after;
        this.work = work;
    }

    @Override
    public void wake() {
        sse.onLoop(
                () -> {
                    due = true;
                    pump();
                });
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

    private void pump() {
        if (!sse.isOpen() || busy || !due) {
            return;
        }
        if (sse.isFull()) {
            sse.whenDrained(this::pump);
            return;
        }
        busy = true;
        due = false;
        String from = after;
        long known = version;
        try {
            work.execute(() -> make(from, known));
        } catch (RejectedExecutionException closing) {
            sse.end();
        }
    }

    private void make(String from, long known) {
        try {
            Next next = next(from, known);
            sse.onLoop(() -> tell(next));
        } catch (RuntimeException e) {
            // The watcher comes again, and is told what is wrong.
            LOG.log(System.Logger.Level.ERROR, "a delta could not be made", e);
            end();
        }
    }

    private Next next(String from, long known) {
        // Before the delta: what is over is in it.
        boolean over = watch.isGone() || (watch.isOver() && !active.getAsBoolean());
        long now = watch.version();
        return new Next(now == known ? null : watch.since(from), now, over);
    }

    private void tell(Next next) {
        busy = false;
        Told told = next.told();
        if (told != null && told.isReset()) {
            // What came on this stream before the new snapshot could be taken for newer than it.
            sse.end(told.event());
            return;
        }
        if (told != null) {
            after = told.seq();
            version = next.version();
            sse.write(told.event());
        }
        if (next.over()) {
            sse.end(END.copy());
            return;
        }
        pump();
    }
}
