package dev.sluice.engine.plan;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The jobs that lead to the targets, what each needs, and which of them run and why. Jobs are ints
 * within this plan; {@link #key} is what lasts. Never changes: a finished checkpoint gives another
 * plan ({@link Replanned}).
 */
public final class Plan {
    private final PlanColumns columns;
    private final JobViews views;
    private final Verdict verdict;
    private final BitSet prioritized;
    private final Tasks tasks;
    private final List<TempFile> tempFiles;
    private @Nullable Map<String, Integer> byKey;

    Plan(
            PlanColumns columns,
            JobViews views,
            Verdict verdict,
            BitSet prioritized,
            Tasks tasks,
            List<TempFile> tempFiles) {
        this.columns = columns;
        this.views = views;
        this.verdict = verdict;
        this.prioritized = prioritized;
        this.tasks = tasks;
        this.tempFiles = List.copyOf(tempFiles);
    }

    /** Ids are below this; ids of removed jobs count. */
    public int size() {
        return columns.size();
    }

    /** Whether the id names a job; false once a checkpoint made the job obsolete. */
    public boolean exists(int job) {
        return columns.exists(job);
    }

    public PlannedJob job(int job) {
        return views.job(job);
    }

    /** A hash of rule, wildcards and outputs: the same in every plan. */
    public String key(int job) {
        return views.key(job);
    }

    /** Parts of {@link #job}, for those who need no more: none of them asks Python. */
    public Rule rule(int job) {
        return columns.ruleOf(job);
    }

    public Wildcards wildcards(int job) {
        return columns.wildcardsOf(job);
    }

    public NamedList<JobFile> input(int job) {
        return views.input(job);
    }

    public NamedList<JobFile> output(int job) {
        return views.output(job);
    }

    /** The job with that key, or -1. The first call makes an index. */
    public int find(String key) {
        Map<String, Integer> index = byKey;
        if (index == null) {
            index = new LinkedHashMap<>();
            for (int job = 0; job < size(); job++) {
                if (exists(job)) {
                    index.put(key(job), job);
                }
            }
            byKey = index;
        }
        return index.getOrDefault(key, -1);
    }

    /** Jobs that make inputs of this one, whether they run or not; ascending. */
    public int[] needs(int job) {
        return columns.needs().of(job);
    }

    /** The same, each at the place of the first input that it makes. */
    public List<Integer> needsInOrder(int job) {
        return Arrays.stream(columns.producers()[job])
                .filter(producer -> producer >= 0 && exists(producer))
                .distinct()
                .boxed()
                .toList();
    }

    /** Jobs that use outputs of this one, whether they run or not; ascending. */
    public int[] dependents(int job) {
        return columns.dependents().of(job);
    }

    /** The inputs of {@code job} that {@code needed} makes. */
    public List<JobFile> filesBetween(int job, int needed) {
        return views.filesBetween(job, needed);
    }

    /** Whether the job has to run; still true when it has run already. */
    public boolean runs(int job) {
        return verdict.runs().get(job);
    }

    /** All jobs that run. */
    public BitSet running() {
        return (BitSet) verdict.runs().clone();
    }

    /** How many jobs run. */
    public int count() {
        return verdict.runs().cardinality();
    }

    /** How many jobs run, by rule, rules in the order of their names. */
    public SequencedMap<String, Integer> counts() {
        TreeMap<String, Integer> counts = new TreeMap<>();
        verdict.runs().stream()
                .forEach(job -> counts.merge(columns.ruleOf(job).name(), 1, Integer::sum));
        return counts;
    }

    public Reason reason(int job) {
        return verdict.reason(job);
    }

    /** Whether the user asked for this job, by rule or by file. */
    public boolean target(int job) {
        return columns.targets().get(job);
    }

    /** Whether {@code --prioritize} puts it first. */
    public boolean prioritized(int job) {
        return prioritized.get(job);
    }

    /** Whether it is a job of a checkpoint: when it has finished the plan may change. */
    public boolean checkpoint(int job) {
        return columns.ruleOf(job).checkpoint();
    }

    public List<Task> tasks() {
        return tasks.tasks();
    }

    /** The task of a job, or -1 where the job does not run. */
    public int taskOf(int job) {
        return tasks.taskOf(job);
    }

    /** Temporary files that become removable; none where they are kept. */
    public List<TempFile> tempFiles() {
        return tempFiles;
    }

    /** All jobs, those that do not run too; ascending. */
    public List<Integer> jobs() {
        List<Integer> jobs = new ArrayList<>(size());
        for (int job = 0; job < size(); job++) {
            if (exists(job)) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    /** Jobs that run, each after all that it needs; by layers, each layer in the order of ids. */
    public List<List<Integer>> layers() {
        return Layers.of(columns, verdict.runs());
    }

    PlanColumns columns() {
        return columns;
    }
}
