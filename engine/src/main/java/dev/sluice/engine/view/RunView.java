package dev.sluice.engine.view;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SequencedMap;

/**
 * A run and its jobs for those who look: a fold over the facts, the same live and from a journal.
 * The work for a fact does not grow with the number of jobs, but for that of a plan. Never decides,
 * never writes; owned by one thread.
 */
public final class RunView {
    private final RunHead head = new RunHead();
    private final RunCounts counts = new RunCounts();

    /** In the order in which they were first started. */
    private final SequencedMap<Key, JobView> jobs = new LinkedHashMap<>();

    /** The jobs of tasks that have an attempt which is not settled. */
    private final SequencedMap<Key, List<JobView>> open = new LinkedHashMap<>();

    /** Under the last plan. */
    private final SequencedMap<Key, JobView> failed = new LinkedHashMap<>();

    /** The same by task, with the jobs that were passed over for them. */
    private final Map<Key, FailedTask> failedTasks = new HashMap<>();

    private record FailedTask(List<JobView> jobs, int attempt) {}

    private int finishedBefore;

    /** Rules, wildcards' names and executors come again with each job: one text serves them all. */
    private final Map<String, String> texts = new HashMap<>();

    private final Map<Needs, Needs> needs = new HashMap<>();

    /** All that the run's journal holds now. */
    public static RunView of(RunFolder run) {
        var view = new RunView();
        if (Files.exists(run.journal())) {
            JournalReader.read(run.journal(), 0, view::apply);
        }
        return view;
    }

    public void apply(Entry entry) {
        if (entry.fact() instanceof Fact.PlanMade) {
            finishedBefore = countFinished();
            failed.clear();
            failedTasks.clear();
        }
        head.apply(entry);
        counts.apply(entry.fact());
        switch (entry.fact()) {
            case Fact.AttemptStarted started -> start(entry.millis(), started);
            case Fact.AttemptHandedOver(var task, int attempt, var handed) ->
                    handOver(task, attempt, handed);
            case Fact.AttemptRunning(var task, int attempt) ->
                    attempts(task, attempt).forEach(each -> runs(each, entry.millis()));
            case Fact.AttemptDisowned(var task, int attempt) ->
                    attempts(task, attempt).forEach(each -> each.disowned = true);
            case Fact.AttemptEnded(var task, int attempt, var end) ->
                    attempts(task, attempt).forEach(each -> end(each, entry.millis(), end));
            case Fact.JobFinished(var task, int attempt, var job) ->
                    finish(entry.millis(), task, attempt, job);
            case Fact.JobFailed(var task, int attempt, var job) ->
                    fail(entry.millis(), task, attempt, job);
            case Fact.TaskSettled(var task, int attempt, var verdict) ->
                    settle(entry.millis(), task, attempt, verdict);
            case Fact.RetryRequested(var task) -> retry(task);
            case Fact.RunStarted _,
                    Fact.RunResumed _,
                    Fact.PlanMade _,
                    Fact.PlanChanged _,
                    Fact.StopRequested _ -> {}
            case Fact.RunEnded _ -> endOpen(entry.millis());
            case Fact.TempDeleted _,
                    Fact.OutputsTouched _,
                    Fact.OutputsForgotten _,
                    Fact.Warned _ -> {}
        }
    }

    /** What is true of the run as a whole. */
    public RunHead head() {
        return head;
    }

    /** How far it is under its last plan. */
    public RunCounts counts() {
        return counts;
    }

    /** Jobs that earlier plans of the run had finished. */
    public int finishedBefore() {
        return finishedBefore;
    }

    /** Every job that had an attempt, those of earlier plans too, in the order of their start. */
    public SequencedCollection<JobView> jobs() {
        return Collections.unmodifiableSequencedCollection(jobs.sequencedValues());
    }

    public @Nullable JobView job(Key key) {
        return jobs.get(key);
    }

    /** The jobs whose attempt is not settled, in the order of their start. */
    public List<JobView> open() {
        var all = new ArrayList<JobView>();
        open.sequencedValues().forEach(all::addAll);
        return all;
    }

    /** The jobs that failed for good under the last plan. */
    public List<JobView> failed() {
        return List.copyOf(failed.sequencedValues());
    }

    /** Whether the job belongs to the last plan, as far as facts tell. */
    public boolean isCurrent(JobView job) {
        return job.plan == head.plans();
    }

    /** Once a plan: what it finished before is all that is finished now. */
    private int countFinished() {
        int finished = 0;
        for (JobView job : jobs.sequencedValues()) {
            if (job.state() == JobState.FINISHED) {
                finished++;
            }
        }
        return finished;
    }

    private void start(long millis, Fact.AttemptStarted fact) {
        var started = new ArrayList<JobView>(fact.jobs().size());
        Needs needed = needs.computeIfAbsent(fact.needs(), same -> same);
        for (PlannedJob planned : fact.jobs()) {
            JobView job = jobs.get(planned.key());
            if (job == null || job.rule().isEmpty()) {
                List<AttemptView> earlier = job == null ? List.of() : job.attempts();
                job = viewOf(planned);
                earlier.forEach(job::add);
                jobs.put(planned.key(), job);
            }
            job.plan = head.plans();
            job.add(
                    new AttemptView(
                            fact.task(),
                            fact.attempt(),
                            fact.tryNumber(),
                            shared(fact.executor()),
                            needed,
                            millis));
            started.add(job);
        }
        open.put(fact.task(), started);
    }

    private JobView viewOf(PlannedJob job) {
        String[] wildcards = new String[2 * job.wildcards().size()];
        int at = 0;
        for (var wildcard : job.wildcards().entrySet()) {
            wildcards[at++] = shared(wildcard.getKey());
            wildcards[at++] = wildcard.getValue();
        }
        return new JobView(job.key(), shared(job.rule()), wildcards, job.outputs());
    }

    private void handOver(Key task, int number, List<HandedJob> handed) {
        for (HandedJob job : handed) {
            AttemptView attempt = attempt(task, number, job.key());
            if (attempt != null) {
                attempt.reason = job.reason();
                attempt.log = job.log();
                attempt.ruleLogs = job.logs();
            }
        }
    }

    private static void runs(AttemptView attempt, long millis) {
        if (attempt.state == JobState.STARTED) {
            attempt.state = JobState.RUNNING;
        }
        if (attempt.runningMillis < 0) {
            attempt.runningMillis = millis;
        }
    }

    private static void end(AttemptView attempt, long millis, AttemptEnd end) {
        attempt.endedMillis = millis;
        attempt.state = JobState.ENDING;
        switch (end) {
            case AttemptEnd.Succeeded() -> {}
            case AttemptEnd.Failed(int exitCode, var reason) -> {
                attempt.exitCode = exitCode;
                attempt.failure = reason;
            }
            case AttemptEnd.Evicted(var reason) -> attempt.failure = because("evicted", reason);
            case AttemptEnd.Lost(var reason) -> attempt.failure = because("lost", reason);
            case AttemptEnd.StagingFailed(var reason) ->
                    attempt.failure = because("files could not be brought there", reason);
            case AttemptEnd.NeverStarted() -> attempt.failure = "never started";
            case AttemptEnd.Cancelled() -> attempt.failure = "cancelled";
        }
    }

    private static String because(String what, String reason) {
        return reason.isEmpty() ? what : what + ": " + reason;
    }

    /** A broken-off run that was cancelled: what was open then came to nothing. */
    private void endOpen(long millis) {
        for (List<JobView> left : open.values()) {
            for (JobView job : left) {
                AttemptView attempt = job.lastAttempt();
                if (attempt != null && attempt.state.isOpen()) {
                    attempt.state = JobState.CANCELLED;
                    attempt.endedMillis = attempt.endedMillis < 0 ? millis : attempt.endedMillis;
                }
            }
        }
        open.clear();
    }

    private void finish(long millis, Key task, int number, JobRecord record) {
        JobView job = jobs.get(record.key());
        AttemptView attempt = attempt(task, number, record.key());
        if (job == null || attempt == null) {
            return;
        }
        job.plan = head.plans();
        attempt.state = JobState.FINISHED;
        attempt.failure = "";
        attempt.ruleLogs = record.logs();
        JobRecord.Usage usage = record.usage();
        attempt.runningMillis = usage.startMillis() < 0 ? millis : usage.startMillis();
        attempt.endedMillis = usage.endMillis() < 0 ? millis : usage.endMillis();
        attempt.exitCode = usage.exitCode();
        attempt.cpuMillis = usage.cpuMillis();
        attempt.maxRssBytes = usage.maxRssBytes();
        // An attempt that printed nothing leaves no log.
        attempt.log = record.attemptLog();
        failed.remove(record.key());
    }

    private void fail(long millis, Key task, int number, JobEnd.Failed end) {
        AttemptView attempt = attempt(task, number, end.job());
        if (attempt != null) {
            attempt.state = JobState.FAILED;
            attempt.exitCode = end.exitCode();
            attempt.failure = end.reason();
            attempt.log = end.log();
            if (attempt.endedMillis < 0) {
                attempt.endedMillis = millis;
            }
        }
    }

    private void settle(long millis, Key task, int number, Verdict verdict) {
        List<JobView> settled = open.remove(task);
        if (settled == null) {
            giveUp(task, number, verdict);
            return;
        }
        if (verdict instanceof Verdict.Failed) {
            failedTasks.put(task, new FailedTask(settled, number));
        }
        boolean explained = settled.stream().anyMatch(job -> job.state() == JobState.FAILED);
        for (JobView job : settled) {
            AttemptView attempt = job.attempt(number);
            if (attempt == null || attempt.state == JobState.FINISHED) {
                continue;
            }
            if (attempt.endedMillis < 0) {
                attempt.endedMillis = millis;
            }
            job.plan = head.plans();
            switch (verdict) {
                case Verdict.Succeeded() -> attempt.state = JobState.FINISHED;
                case Verdict.Again(_) -> attempt.state = JobState.AGAIN;
                case Verdict.Cancelled() -> attempt.state = JobState.CANCELLED;
                case Verdict.Failed(var reason) -> failForGood(job, attempt, reason, explained);
            }
        }
    }

    private void failForGood(JobView job, AttemptView attempt, String reason, boolean explained) {
        if (explained && attempt.state != JobState.FAILED) {
            attempt.state = JobState.SKIPPED;
            return;
        }
        attempt.state = JobState.FAILED;
        if (attempt.failure.isEmpty()) {
            attempt.failure = reason;
        }
        failed.put(job.key(), job);
    }

    /** Nothing was started for it under this plan. */
    private void giveUp(Key task, int number, Verdict verdict) {
        JobState state;
        String because;
        switch (verdict) {
            case Verdict.Failed(var reason) -> {
                state = JobState.FAILED;
                because = reason;
            }
            case Verdict.Cancelled() -> {
                state = JobState.CANCELLED;
                because = "";
            }
            case Verdict.Succeeded(), Verdict.Again(_) -> {
                return;
            }
        }
        JobView job =
                jobs.computeIfAbsent(task, key -> new JobView(key, "", new String[0], List.of()));
        job.plan = head.plans();
        job.giveUp(state, because);
        if (state == JobState.FAILED) {
            failed.put(task, job);
            failedTasks.put(task, new FailedTask(List.of(job), number));
        }
    }

    /** What had failed is due again; what had come to its end before stays what it was. */
    private void retry(Key task) {
        FailedTask again = failedTasks.remove(task);
        if (again == null) {
            return;
        }
        for (JobView job : again.jobs()) {
            failed.remove(job.key());
            AttemptView attempt = job.attempt(again.attempt());
            if (attempt == null) {
                job.giveUp(JobState.AGAIN, "");
            } else if (attempt.state == JobState.FINISHED) {
                job.takeUp();
            } else {
                attempt.state = JobState.AGAIN;
                job.takeUp();
            }
        }
    }

    private List<AttemptView> attempts(Key task, int number) {
        List<JobView> started = open.get(task);
        if (started == null) {
            return List.of();
        }
        var found = new ArrayList<AttemptView>(started.size());
        for (JobView job : started) {
            AttemptView attempt = job.attempt(number);
            if (attempt != null) {
                found.add(attempt);
            }
        }
        return found;
    }

    private @Nullable AttemptView attempt(Key task, int number, Key job) {
        JobView view = jobs.get(job);
        AttemptView attempt = view == null ? null : view.attempt(number);
        return attempt == null || !attempt.task().equals(task) ? null : attempt;
    }

    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }
}
