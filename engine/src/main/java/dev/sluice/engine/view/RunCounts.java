package dev.sluice.engine.view;

import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/**
 * How far a run is: a fold over its facts, the same live and from a journal. Counts jobs under the
 * last plan made, and nothing else.
 */
public final class RunCounts {
    private final SequencedMap<String, Integer> totals = new LinkedHashMap<>();
    private final SequencedMap<String, Integer> finished = new LinkedHashMap<>();
    private final Set<Key> finishedJobs = new HashSet<>();
    private final Set<Key> openTasks = new HashSet<>();
    private int failures;
    private int retries;
    private @Nullable RunOutcome outcome;

    /** How many jobs of a rule are finished, of how many. */
    public record OfRule(int done, int total) {}

    public void apply(Fact fact) {
        switch (fact) {
            case Fact.PlanMade(_, var jobsByRule) -> begin(jobsByRule);
            case Fact.AttemptStarted(var task, _, _, _, _, _) -> openTasks.add(task);
            case Fact.JobFinished(_, _, var job) -> {
                if (finishedJobs.add(job.key())) {
                    finished.merge(job.rule(), 1, Integer::sum);
                }
            }
            case Fact.TaskSettled(var task, _, var verdict) -> settle(task, verdict);
            case Fact.RetryRequested _ -> {
                failures = Math.max(0, failures - 1);
                retries++;
            }
            case Fact.PlanChanged(_, _, _, _, var jobsByRule) -> change(jobsByRule);
            case Fact.RunEnded(var ended) -> outcome = ended;
            case Fact.RunResumed _ -> outcome = null;
            case Fact.RunStarted _,
                    Fact.AttemptHandedOver _,
                    Fact.AttemptRunning _,
                    Fact.AttemptDisowned _,
                    Fact.AttemptEnded _,
                    Fact.JobFailed _ -> {}
            case Fact.StopRequested _,
                    Fact.TempDeleted _,
                    Fact.OutputsTouched _,
                    Fact.OutputsForgotten _ -> {}
            case Fact.Warned _ -> {}
        }
    }

    /** Jobs finished. */
    public int done() {
        return finishedJobs.size();
    }

    /** Jobs of the plan. */
    public int total() {
        return totals.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int running() {
        return openTasks.size();
    }

    /** Tasks that failed for good. */
    public int failures() {
        return failures;
    }

    /** Attempts that were made again. */
    public int retries() {
        return retries;
    }

    /** Null while the run goes on. */
    public @Nullable RunOutcome outcome() {
        return outcome;
    }

    public SequencedMap<String, OfRule> byRule() {
        var byRule = new LinkedHashMap<String, OfRule>();
        totals.forEach(
                (rule, jobs) -> byRule.put(rule, new OfRule(finished.getOrDefault(rule, 0), jobs)));
        finished.forEach((rule, jobs) -> byRule.putIfAbsent(rule, new OfRule(jobs, jobs)));
        return Collections.unmodifiableSequencedMap(byRule);
    }

    private void begin(SequencedMap<String, Integer> jobsByRule) {
        totals.clear();
        totals.putAll(jobsByRule);
        finished.clear();
        finishedJobs.clear();
        failures = 0;
    }

    private void change(SequencedMap<String, Integer> jobsByRule) {
        jobsByRule.forEach((rule, jobs) -> totals.merge(rule, jobs, Integer::sum));
    }

    private void settle(Key task, Verdict verdict) {
        openTasks.remove(task);
        switch (verdict) {
            case Verdict.Failed _ -> failures++;
            case Verdict.Again _ -> retries++;
            case Verdict.Succeeded _, Verdict.Cancelled _ -> {}
        }
    }
}
