package dev.sluice.app.watch;

import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.journal.Entry;

import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * The rows of runs that changed lately, for the stream of all runs: the latest of each run, made at
 * most once a second. Whoever comes is told those of the last minute, so that nothing is lost
 * between a list and the stream. From any thread; {@link #make} blocks for a moment.
 */
final class RecentRuns implements WatchListener {
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SequencedMap<String, HostedRun> due = new LinkedHashMap<>();
    private final SequencedMap<String, Row> rows = new LinkedHashMap<>();
    private long number;

    /**
     * @param number grows with each row that is made
     */
    record Row(long number, String owner, Buffer event, long madeAtNanos) {}

    @Override
    public void folded(HostedRun run, Folded folded, List<Entry> news) {
        synchronized (due) {
            due.put(run.id(), run);
        }
    }

    /** Makes the rows that are due; whether there were any. */
    boolean make(Watches watches) {
        List<HostedRun> runs;
        synchronized (due) {
            runs = List.copyOf(due.sequencedValues());
            due.clear();
        }
        for (HostedRun run : runs) {
            Buffer event = Events.event("run", "", watches.of(run).row());
            synchronized (rows) {
                rows.remove(run.id());
                String owner = run.submission().owner();
                rows.put(run.id(), new Row(++number, owner, event, System.nanoTime()));
            }
        }
        synchronized (rows) {
            long now = System.nanoTime();
            rows.sequencedValues().removeIf(row -> now - row.madeAtNanos() > KEPT_NANOS);
        }
        return !runs.isEmpty();
    }

    /** Those made behind that number, in the order of their making. */
    List<Row> since(long after) {
        synchronized (rows) {
            var found = new ArrayList<Row>();
            for (Row row : rows.sequencedValues().reversed()) {
                if (row.number() <= after) {
                    break;
                }
                found.addFirst(row);
            }
            return found;
        }
    }
}
