package dev.sluice.app.measure;

import dev.sluice.app.watch.Folded;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RowState;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be remembered of a run to measure it: its open attempts, and how many of its jobs are
 * where. Of the watches' thread, but for {@link #jobs}.
 */
final class MeasuredRun {
    private final Map<Key, Open> open = new HashMap<>();
    private volatile EnumMap<RowState, Integer> jobs = new EnumMap<>(RowState.class);

    private record Open(int attempt, String executor, long started, long running) {}

    void fold(Folded folded, List<Entry> news, Measures measures) {
        for (Entry entry : news) {
            apply(entry, folded.view(), measures);
        }
        // Never changed once it can be seen.
        var counted = new EnumMap<RowState, Integer>(RowState.class);
        if (folded.standing().mayGoOn()) {
            for (RowState state : RowState.values()) {
                counted.put(state, folded.jobs().count(state));
            }
        }
        jobs = counted;
    }

    /** From any thread; none where the run does not go on. */
    int jobs(RowState state) {
        return jobs.getOrDefault(state, 0);
    }

    private void apply(Entry entry, RunView view, Measures measures) {
        switch (entry.fact()) {
            case Fact.AttemptStarted started -> {
                open.put(
                        started.task(),
                        new Open(started.attempt(), started.executor(), entry.millis(), -1));
                measures.attemptStarted(started.executor());
            }
            case Fact.AttemptRunning(var task, int attempt) ->
                    runs(task, attempt, entry.millis(), view, measures);
            case Fact.AttemptEnded(var task, int attempt, var end) ->
                    ends(task, attempt, entry.millis(), end, view, measures);
            case Fact.TaskSettled(var task, _, _) -> open.remove(task);
            case Fact.RunEnded(var outcome) -> {
                open.clear();
                measures.runEnded(outcome);
            }
            case Fact.Warned _ -> measures.warned();
            case Fact.RunStarted _,
                    Fact.RunResumed _,
                    Fact.PlanMade _,
                    Fact.PlanChanged _,
                    Fact.AttemptHandedOver _,
                    Fact.AttemptDisowned _,
                    Fact.JobFinished _,
                    Fact.JobFailed _ -> {}
            case Fact.StopRequested _,
                    Fact.RetryRequested _,
                    Fact.TempDeleted _,
                    Fact.OutputsTouched _,
                    Fact.OutputsForgotten _ -> {}
        }
    }

    private void runs(Key task, int attempt, long millis, RunView view, Measures measures) {
        Open known = open(task, attempt, view);
        boolean told = open.containsKey(task) && known != null && known.running() >= 0;
        if (known != null && !told) {
            open.put(task, new Open(attempt, known.executor(), known.started(), millis));
            measures.queued(known.executor(), millis - known.started());
        }
    }

    private void ends(
            Key task, int attempt, long millis, AttemptEnd end, RunView view, Measures measures) {
        Open known = open(task, attempt, view);
        if (known == null) {
            return;
        }
        measures.attemptEnded(known.executor(), end);
        if (known.running() >= 0) {
            measures.ran(known.executor(), millis - known.running());
        }
    }

    /**
     * An attempt that an earlier server started is known from the view only, and there only where
     * the task is one job.
     */
    private @Nullable Open open(Key task, int attempt, RunView view) {
        Open known = open.get(task);
        if (known != null) {
            return known.attempt() == attempt ? known : null;
        }
        JobView job = view.job(task);
        AttemptView adopted = job == null ? null : job.attempt(attempt);
        return adopted == null
                ? null
                : new Open(
                        attempt,
                        adopted.executor(),
                        adopted.startedMillis(),
                        adopted.runningMillis());
    }
}
