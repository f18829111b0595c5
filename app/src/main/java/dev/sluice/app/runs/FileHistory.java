package dev.sluice.app.runs;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunHead;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What befell one file in one run: a fold over its facts that keeps nothing of other files. */
final class FileHistory {
    private static final JobRecord.Made UNKNOWN =
            new JobRecord.Made("", "", "", List.of(), List.of(), "", "", List.of());

    private final FileNames file;
    private final String run;
    private final RunHead head = new RunHead();
    private final SequencedMap<Key, Open> open = new LinkedHashMap<>();
    private final List<Making> makings = new ArrayList<>();

    /** An attempt that is to make the file. */
    private static final class Open {
        final Fact.AttemptStarted started;
        final PlannedJob job;
        long runningMillis;
        long endedMillis = -1;
        int exitCode = -1;
        String failure = "";
        String log = "";
        @Nullable HandedJob handed;
        boolean finished;

        Open(Fact.AttemptStarted started, PlannedJob job, long millis) {
            this.started = started;
            this.job = job;
            this.runningMillis = millis;
        }
    }

    FileHistory(FileNames file, String run) {
        this.file = file;
        this.run = run;
    }

    /** The oldest first. */
    List<Making> makings() {
        return makings;
    }

    void apply(Entry entry) {
        head.apply(entry);
        long millis = entry.millis();
        switch (entry.fact()) {
            case Fact.AttemptStarted started -> start(millis, started);
            case Fact.AttemptHandedOver(var task, _, var jobs) -> handOver(task, jobs);
            case Fact.AttemptRunning(var task, _) -> {
                Open attempt = open.get(task);
                if (attempt != null) {
                    attempt.runningMillis = millis;
                }
            }
            case Fact.AttemptEnded(var task, _, var end) -> end(millis, task, end);
            case Fact.JobFinished(var task, int attempt, var job) ->
                    finish(millis, task, attempt, job);
            case Fact.JobFailed(var task, _, var job) -> {
                Open attempt = open.get(task);
                if (attempt != null && attempt.job.key().equals(job.job())) {
                    attempt.failure = job.reason();
                    attempt.exitCode = job.exitCode();
                    attempt.log = job.log();
                }
            }
            case Fact.TaskSettled(var task, _, var verdict) -> settle(millis, task, verdict);
            case Fact.TempDeleted(var paths) -> {
                if (paths.stream().anyMatch(this::concerns)) {
                    add(Making.What.DELETED, millis);
                }
            }
            case Fact.OutputsTouched(var outputs) -> {
                if (outputs.stream().anyMatch(output -> concerns(output.path()))) {
                    add(Making.What.TOUCHED, millis);
                }
            }
            case Fact.OutputsForgotten(var paths) -> {
                if (paths.stream().anyMatch(this::concerns)) {
                    add(Making.What.FORGOTTEN, millis);
                }
            }
            case Fact.RunStarted _,
                    Fact.RunResumed _,
                    Fact.PlanMade _,
                    Fact.PlanChanged _,
                    Fact.AttemptDisowned _ -> {}
            case Fact.StopRequested _, Fact.RetryRequested _, Fact.RunEnded _, Fact.Warned _ -> {}
        }
    }

    private boolean concerns(String path) {
        return file.has(path) || file.isIn(path);
    }

    private void start(long millis, Fact.AttemptStarted started) {
        for (PlannedJob job : started.jobs()) {
            if (job.outputs().stream().anyMatch(this::concerns)) {
                open.put(started.task(), new Open(started, job, millis));
            }
        }
    }

    private void handOver(Key task, List<HandedJob> jobs) {
        Open attempt = open.get(task);
        if (attempt != null) {
            for (HandedJob job : jobs) {
                if (job.key().equals(attempt.job.key())) {
                    attempt.handed = job;
                    attempt.log = job.log();
                }
            }
        }
    }

    private void end(long millis, Key task, AttemptEnd end) {
        Open attempt = open.get(task);
        if (attempt == null) {
            return;
        }
        attempt.endedMillis = millis;
        switch (end) {
            case AttemptEnd.Succeeded() -> {}
            case AttemptEnd.Failed(int exitCode, var reason) -> {
                attempt.exitCode = exitCode;
                attempt.failure = reason;
            }
            case AttemptEnd.Evicted(var reason) -> attempt.failure = "evicted: " + reason;
            case AttemptEnd.Lost(var reason) -> attempt.failure = "lost: " + reason;
            case AttemptEnd.StagingFailed(var reason) -> attempt.failure = reason;
            case AttemptEnd.NeverStarted() -> attempt.failure = "never started";
            case AttemptEnd.Cancelled() -> attempt.failure = "cancelled";
        }
    }

    private void finish(long millis, Key task, int number, JobRecord record) {
        if (record.outputs().stream().noneMatch(output -> concerns(output.path()))) {
            return;
        }
        Open attempt = open.get(task);
        String executor = "";
        String reason = "";
        if (attempt != null) {
            attempt.finished = true;
            executor = attempt.started.executor();
            reason = attempt.handed == null ? "" : attempt.handed.reason();
        }
        makings.add(
                new Making(
                        Making.What.MADE,
                        millis,
                        run,
                        head.owner(),
                        life(),
                        new Making.Job(record, number, executor, reason, "")));
    }

    private void settle(long millis, Key task, Verdict verdict) {
        Open attempt = open.remove(task);
        if (attempt == null || attempt.finished || verdict instanceof Verdict.Succeeded) {
            return;
        }
        long ended = attempt.endedMillis < 0 ? millis : attempt.endedMillis;
        String failure =
                attempt.failure.isEmpty() && verdict instanceof Verdict.Failed(var reason)
                        ? reason
                        : attempt.failure;
        var record =
                new JobRecord(
                        attempt.job.key(),
                        attempt.job.rule(),
                        attempt.job.wildcards(),
                        attempt.job.outputs().stream()
                                .map(path -> new JobRecord.Output(path, -1, -1))
                                .toList(),
                        attempt.handed == null ? UNKNOWN : attempt.handed.made(),
                        List.of(),
                        attempt.log,
                        new JobRecord.Usage(
                                attempt.runningMillis, ended, attempt.exitCode, -1, -1));
        makings.add(
                new Making(
                        Making.What.FAILED,
                        millis,
                        run,
                        head.owner(),
                        life(),
                        new Making.Job(
                                record,
                                attempt.started.attempt(),
                                attempt.started.executor(),
                                attempt.handed == null ? "" : attempt.handed.reason(),
                                failure)));
    }

    private void add(Making.What what, long millis) {
        makings.add(new Making(what, millis, run, head.owner(), life(), null));
    }

    private @Nullable Life life() {
        return head.lastLife();
    }
}
