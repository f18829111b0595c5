package dev.sluice.engine.journal;

import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/**
 * The past of each output, as facts tell it, in whatever order runs are read: of two facts about an
 * output the later one in time holds.
 */
final class ProvenanceFold {
    private final Snapshot snapshot;

    /** What changed since the snapshot, by path. */
    private final SequencedMap<String, Past> changed = new LinkedHashMap<>();

    /** Up to where each run's journal is folded in. */
    final SequencedMap<String, Long> readTo;

    /** Outputs of attempts that are not settled, by run and task. */
    final SequencedMap<String, List<String>> open;

    /** The same texts come again with each job: one string serves them all. */
    private final Map<String, String> texts = new HashMap<>();

    /** Outputs that the snapshot does not know. */
    private int additions;

    ProvenanceFold(Snapshot snapshot) {
        this.snapshot = snapshot;
        readTo = snapshot.readTo();
        open = snapshot.open();
    }

    @Nullable Past find(String path) {
        Past past = changed.get(path);
        return past != null ? past : snapshot.find(path);
    }

    int size() {
        return snapshot.size() + additions;
    }

    /** Every output; those of the snapshot in its order, then the new ones. */
    void forEach(BiConsumer<String, Past> each) {
        var left = new LinkedHashMap<>(changed);
        snapshot.forEach(
                (path, past) -> {
                    Past newer = left.remove(path);
                    each.accept(path, newer == null ? past : newer);
                });
        left.forEach(each);
    }

    void fold(String run, Entry entry) {
        long millis = entry.millis();
        switch (entry.fact()) {
            case Fact.AttemptStarted(var task, _, _, _, _, var jobs) ->
                    begin(run, task, millis, jobs);
            case Fact.JobFinished(_, _, var job) -> finish(run, entry, job);
            case Fact.JobFailed(var task, _, var failed) -> fail(run, task, failed);
            case Fact.TaskSettled(var task, _, _) -> settle(run, task, millis);
            case Fact.OutputsTouched(var touched) ->
                    touched.forEach(output -> touch(millis, output));
            case Fact.OutputsForgotten(var paths) ->
                    paths.forEach(path -> put(path, Past.forgotten(millis)));
            case Fact.RunStarted _, Fact.RunResumed _, Fact.PlanMade _, Fact.PlanChanged _ -> {}
            case Fact.AttemptHandedOver _,
                    Fact.AttemptRunning _,
                    Fact.AttemptDisowned _,
                    Fact.AttemptEnded _,
                    Fact.StopRequested _ -> {}
            case Fact.RunEnded _, Fact.TempDeleted _, Fact.Warned _ -> {}
        }
    }

    private void begin(String run, Key task, long millis, List<PlannedJob> jobs) {
        List<String> paths = jobs.stream().flatMap(job -> job.outputs().stream()).toList();
        open.put(openKey(run, task), paths);
        for (PlannedJob job : jobs) {
            String rule = shared(job.rule());
            job.outputs().forEach(path -> put(path, Past.begun(millis, rule, find(path))));
        }
    }

    private void finish(String run, Entry entry, JobRecord job) {
        JobRecord.Made made = job.made();
        var past =
                new Past.Job(
                        shared(run),
                        entry.offset(),
                        made.commandHash(),
                        shared(made.code()),
                        made.params().stream().map(this::shared).toList(),
                        made.inputSet(),
                        shared(made.software()),
                        made.inputChecksums(),
                        job.usage().startMillis(),
                        job.usage().endMillis());
        String rule = shared(job.rule());
        for (JobRecord.Output output : job.outputs()) {
            put(
                    output.path(),
                    new Past(
                            Past.State.FINISHED,
                            entry.millis(),
                            rule,
                            output.size(),
                            output.modifiedNanos(),
                            past));
        }
    }

    /** What was kept of a failed job stays marked as incomplete when its attempt is settled. */
    private void fail(String run, Key task, JobEnd.Failed failed) {
        open.computeIfPresent(
                openKey(run, task),
                (_, paths) -> {
                    var rest = new ArrayList<>(paths);
                    rest.removeAll(failed.leftBehind());
                    return rest;
                });
    }

    private void settle(String run, Key task, long millis) {
        List<String> paths = open.remove(openKey(run, task));
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            Past past = find(path);
            if (past != null && past.state() == Past.State.BEGUN) {
                put(path, past.lost(millis));
            }
        }
    }

    private void touch(long millis, JobRecord.Output output) {
        Past past = find(output.path());
        if (past != null && past.state() == Past.State.FINISHED) {
            put(output.path(), past.touched(millis, output));
        }
    }

    private void put(String path, Past past) {
        Past before = find(path);
        if (before == null) {
            additions++;
        }
        if (before == null || before.sinceMillis() <= past.sinceMillis()) {
            changed.put(path, past);
        }
    }

    private static String openKey(String run, Key task) {
        return run + " " + task;
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }
}
