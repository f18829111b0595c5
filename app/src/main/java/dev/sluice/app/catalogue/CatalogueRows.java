package dev.sluice.app.catalogue;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Submission;
import dev.sluice.app.watch.Folded;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Makes rows: of what is folded already, or of a run's files. */
final class CatalogueRows {
    private CatalogueRows() {}

    private record Jobs(int running, int queued) {
        static final Jobs NONE = new Jobs(0, 0);

        static Jobs of(RunView view) {
            int running = 0;
            int queued = 0;
            for (JobView job : view.open()) {
                if (job.state() == JobState.STARTED) {
                    queued++;
                } else if (job.state().isOpen()) {
                    running++;
                }
            }
            return new Jobs(running, queued);
        }
    }

    /**
     * @param active whether an engine of this server looks after it
     * @param shown where the last record begins that was folded
     */
    static CatalogueRow of(HostedRun run, Folded folded, boolean active, long shown) {
        Jobs jobs = folded.head().outcome() == null ? Jobs.of(folded.view()) : Jobs.NONE;
        String state = state(folded.standing(), active);
        return row(run.submission(), state, folded.head(), folded.counts(), jobs, shown);
    }

    /** Of what is on disk now. */
    static CatalogueRow read(HostedRun run, boolean active) {
        var head = new RunHead();
        var counts = new RunCounts();
        long[] shown = {-1};
        try {
            if (Files.exists(run.folder().journal())) {
                JournalReader.read(
                        run.folder().journal(),
                        0,
                        entry -> {
                            head.apply(entry);
                            counts.apply(entry.fact());
                            shown[0] = entry.offset();
                        });
            }
            Jobs jobs =
                    head.outcome() != null || counts.running() == 0
                            ? Jobs.NONE
                            : Jobs.of(RunView.of(run.folder()));
            String state = state(RunStanding.of(run.folder(), head), active);
            return row(run.submission(), state, head, counts, jobs, shown[0]);
        } catch (JournalUnreadable | UncheckedIOException e) {
            return row(
                    run.submission(), CatalogueRow.UNREADABLE, head, counts, Jobs.NONE, shown[0]);
        }
    }

    /** Whether the row shows the end of a run, and all that its journal holds by now. */
    static boolean isWhole(HostedRun run, CatalogueRow row) {
        if (row.ended() < 0 || row.shown() < 0) {
            return false;
        }
        try {
            int[] entries = {0};
            Entry[] last = new Entry[1];
            JournalReader.read(
                    run.folder().journal(),
                    row.shown(),
                    entry -> {
                        entries[0]++;
                        last[0] = entry;
                    });
            return entries[0] == 1 && last[0].millis() == row.lastFact();
        } catch (JournalUnreadable | UncheckedIOException e) {
            return false;
        }
    }

    /** The server knows better than the run's files whether an engine is about to begin. */
    private static String state(RunStanding standing, boolean active) {
        RunStanding.State state =
                switch (standing.state()) {
                    case PLANNING, BROKEN_OFF ->
                            active ? RunStanding.State.PLANNING : RunStanding.State.BROKEN_OFF;
                    case RUNNING, ELSEWHERE, SUCCEEDED, FAILED, STOPPED -> standing.state();
                };
        return state.word();
    }

    private static CatalogueRow row(
            Submission submission,
            String state,
            RunHead head,
            RunCounts counts,
            Jobs jobs,
            long shown) {
        return new CatalogueRow(
                submission.id(),
                submission.owner(),
                submission.name(),
                state,
                List.copyOf(submission.words()),
                submission.bytes(),
                submission.received().toEpochMilli(),
                head.startedMillis(),
                head.outcome() == null ? -1 : head.lastMillis(),
                head.lastMillis(),
                counts.done(),
                counts.total(),
                counts.failures(),
                counts.retries(),
                jobs.running(),
                jobs.queued(),
                shown);
    }
}
