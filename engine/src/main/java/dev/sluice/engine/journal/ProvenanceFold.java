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

    /** What is read of each run. */
    private final SequencedMap<String, Reading> readings;

    /** Outputs of attempts that are not settled, by run and task. */
    private final SequencedMap<String, List<String>> open;

    /** The same texts come again with each job: one string serves them all. */
    private final Map<String, String> texts = new HashMap<>();

    /** Outputs that the snapshot does not know. */
    private int additions;

    ProvenanceFold(Snapshot snapshot) {
        this.snapshot = snapshot;
        readings = snapshot.readings();
        open = snapshot.open();
    }

    SequencedMap<String, Reading> readings() {
        return readings;
    }

    SequencedMap<String, List<String>> open() {
        return open;
    }

    Reading of(String run) {
        return readings.getOrDefault(run, Reading.NOTHING);
    }

    /** The latest time that any run tells of; 0 where none does. */
    long latestMillis() {
        return readings.values().stream().mapToLong(Reading::latestMillis).max().orElse(0);
    }

    void hasRead(String run, long to) {
        readings.put(run, of(run).to(to));
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
        long millis = timeOf(run, entry);
        switch (entry.fact()) {
            case Fact.AttemptStarted(var task, _, _, _, _, var jobs) ->
                    begin(run, task, millis, jobs);
            case Fact.JobFinished(_, _, var job) -> finish(run, millis, entry.offset(), job);
            case Fact.JobFailed(var task, _, var failed) -> fail(run, task, failed);
            case Fact.TaskSettled(var task, _, _) -> settle(run, task, millis);
            case Fact.OutputsTouched(var touched) ->
                    touched.forEach(output -> touch(run, millis, output));
            case Fact.OutputsForgotten(var paths) ->
                    paths.forEach(path -> put(path, Past.forgotten(millis)));
            case Fact.RunStarted started -> begin(run, started.origin());
            case Fact.RunResumed resumed -> begin(run, resumed.origin());
            case Fact.PlanMade _, Fact.PlanChanged _, Fact.AttemptHandedOver _ -> {}
            case Fact.AttemptRunning _,
                    Fact.AttemptDisowned _,
                    Fact.AttemptEnded _,
                    Fact.StopRequested _,
                    Fact.RetryRequested _ -> {}
            case Fact.RunEnded _, Fact.TempDeleted _, Fact.Warned _ -> {}
        }
    }

    private long timeOf(String run, Entry entry) {
        Reading reading = of(run);
        if (entry.millis() > reading.latestMillis()) {
            reading = reading.at(entry.millis());
            readings.put(run, reading);
        }
        return reading.latestMillis();
    }

    private void begin(String run, Fact.Origin origin) {
        readings.put(run, of(run).under(shared(origin.boot())));
    }

    private void begin(String run, Key task, long millis, List<PlannedJob> jobs) {
        List<String> paths = jobs.stream().flatMap(job -> job.outputs().stream()).toList();
        open.put(openKey(run, task), paths);
        for (PlannedJob job : jobs) {
            String rule = shared(job.rule());
            job.outputs().forEach(path -> put(path, Past.begun(millis, rule, find(path))));
        }
    }

    private void finish(String run, long millis, long offset, JobRecord job) {
        JobRecord.Made made = job.made();
        var past =
                new Past.Job(
                        shared(run),
                        offset,
                        made.commandHash(),
                        shared(made.code()),
                        made.params().stream().map(this::shared).toList(),
                        made.inputSet(),
                        shared(made.software()),
                        made.inputChecksums(),
                        job.usage().startMillis(),
                        job.usage().endMillis());
        String rule = shared(job.rule());
        String boot = of(run).boot();
        for (JobRecord.Output output : job.outputs()) {
            put(
                    output.path(),
                    new Past(
                            Past.State.FINISHED,
                            millis,
                            rule,
                            output.size(),
                            output.modifiedNanos(),
                            boot,
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

    private void touch(String run, long millis, JobRecord.Output output) {
        Past past = find(output.path());
        if (past != null && past.state() == Past.State.FINISHED) {
            put(output.path(), past.touched(millis, output, of(run).boot()));
        }
    }

    /** The run's journal is read again from its start: what was open in it may not be any more. */
    void forgetReading(String run) {
        readings.remove(run);
        open.keySet().removeIf(key -> key.startsWith(run + " "));
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
