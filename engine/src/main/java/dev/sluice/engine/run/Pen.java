package dev.sluice.engine.run;

import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.view.RunCounts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes the facts of a run while the run is ours, and knows what survives a power cut. Owned by
 * the run's thread.
 */
final class Pen {
    private final Journal journal;
    private final @Nullable Hold hold;
    private final RunCounts counts;
    private final Syncing syncing;
    private final RunMeasures measures;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long synced;

    private record Waiting(long offset, Runnable action) {}

    /** Asks for a sync; its end comes back through {@link #synced}. */
    @FunctionalInterface
    interface Syncing {
        /**
         * @param soon something waits for it
         */
        void want(boolean soon);
    }

    Pen(
            Journal journal,
            @Nullable Hold hold,
            RunCounts counts,
            Syncing syncing,
            RunMeasures measures) {
        this.journal = journal;
        this.hold = hold;
        this.counts = counts;
        this.syncing = syncing;
        this.measures = measures;
    }

    /**
     * Writes them at once; they are true from then on.
     *
     * @throws TakenOver when another engine holds the run
     */
    void write(List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        long begun = System.nanoTime();
        stopUnlessOurs();
        journal.append(facts);
        // A process may sleep between any two steps, and what follows from these facts is not for
        // one who lost the run meanwhile.
        stopUnlessOurs();
        measures.journalWritten(facts.size(), System.nanoTime() - begun);
        facts.forEach(counts::apply);
        syncing.want(false);
    }

    /**
     * To be asked before anything is done that only the run's holder may do.
     *
     * @throws TakenOver when another engine holds the run
     */
    void stopUnlessOurs() {
        if (hold != null && !hold.isOurs()) {
            throw new TakenOver();
        }
    }

    /** Does it once all that is written by now survives a power cut. Maybe at once. */
    void whenSynced(Runnable action) {
        long offset = journal.size();
        if (synced >= offset) {
            action.run();
        } else {
            waiting.add(new Waiting(offset, action));
            syncing.want(true);
        }
    }

    /** Waits for it. */
    void sync() {
        journal.sync();
        synced(journal.size());
    }

    /** The journal is safe up to there. */
    void synced(long offset) {
        synced = Math.max(synced, offset);
        List<Runnable> due = new ArrayList<>();
        for (Waiting next = waiting.peek();
                next != null && next.offset() <= synced;
                next = waiting.peek()) {
            due.add(waiting.remove().action());
        }
        due.forEach(Runnable::run);
    }
}
