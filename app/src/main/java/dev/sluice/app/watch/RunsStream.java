package dev.sluice.app.watch;

import java.util.List;
import java.util.function.Predicate;

/**
 * Tells one watcher of runs that changed, a row each. While the watcher is slow, rows come together
 * and only the latest of each run is told. Its fields belong to the connection's event loop.
 */
final class RunsStream implements Live {
    private final Sse sse;
    private final RecentRuns recent;
    private final Predicate<String> visible;
    private long after;

    /**
     * @param visible whether the watcher may see runs of that owner
     */
    RunsStream(Sse sse, RecentRuns recent, Predicate<String> visible) {
        this.sse = sse;
        this.recent = recent;
        this.visible = visible;
    }

    @Override
    public void wake() {
        sse.onLoop(this::pump);
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
        if (!sse.isOpen()) {
            return;
        }
        List<RecentRuns.Row> rows = recent.since(after);
        for (RecentRuns.Row row : rows) {
            if (sse.isFull()) {
                sse.whenDrained(this::pump);
                return;
            }
            if (visible.test(row.owner())) {
                sse.write(row.event());
            }
            after = row.number();
        }
    }
}
