package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Workload;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan's tasks as the scheduler's. Its ints outlast a change of plan: a task that is there again
 * under its key keeps its int, new ones are appended.
 */
final class PlanWorkload implements Workload {
    private static final int[] NONE = {};

    private final Plan plan;
    private final int retries;
    private final List<Key> keys;
    private final Map<String, Integer> ints;
    private final @Nullable Task[] tasks;
    private final int[][] needs;
    private final int[][] dependents;
    private final int[] priorities;
    private final BitSet oneMore;

    private PlanWorkload(Plan plan, int retries, List<Key> oldKeys, Map<String, Integer> oldInts) {
        this.plan = plan;
        this.retries = retries;
        keys = new ArrayList<>(oldKeys);
        ints = new HashMap<>(oldInts);
        for (Task task : plan.tasks()) {
            if (ints.putIfAbsent(task.key(), keys.size()) == null) {
                keys.add(new Key(task.key()));
            }
        }
        tasks = new Task[keys.size()];
        needs = new int[keys.size()][];
        dependents = new int[keys.size()][];
        priorities = new int[keys.size()];
        oneMore = new BitSet();
        Arrays.fill(needs, NONE);
        Arrays.fill(dependents, NONE);
        for (Task task : plan.tasks()) {
            tasks[intOf(task.key())] = task;
        }
        connect();
    }

    static PlanWorkload of(Plan plan, int retries) {
        return new PlanWorkload(plan, retries, List.of(), Map.of());
    }

    /** The workload of a later plan, which no longer names what is done. */
    PlanWorkload changedTo(Plan next) {
        PlanWorkload changed = new PlanWorkload(next, retries, keys, ints);
        changed.oneMore.or(oneMore);
        System.arraycopy(priorities, 0, changed.priorities, 0, priorities.length);
        return changed;
    }

    private void connect() {
        List<Task> all = plan.tasks();
        int[] counts = new int[keys.size()];
        for (Task task : all) {
            int[] needed = new int[task.needs().size()];
            for (int i = 0; i < needed.length; i++) {
                needed[i] = intOf(all.get(task.needs().get(i)).key());
                counts[needed[i]]++;
            }
            needs[intOf(task.key())] = needed;
        }
        for (int i = 0; i < counts.length; i++) {
            dependents[i] = counts[i] == 0 ? NONE : new int[counts[i]];
        }
        Arrays.fill(counts, 0);
        for (Task task : all) {
            int self = intOf(task.key());
            for (int needed : needs[self]) {
                dependents[needed][counts[needed]++] = self;
            }
        }
    }

    private int intOf(String key) {
        Integer found = ints.get(key);
        if (found == null) {
            throw new IllegalStateException("no task has the key " + key);
        }
        return found;
    }

    /** The task of that key, or -1. */
    int find(Key key) {
        return ints.getOrDefault(key.text(), -1);
    }

    int[] needsOf(int task) {
        return needs[task].clone();
    }

    /** The scheduler's int of the task that the job is in, or -1. */
    int taskOf(int job) {
        int task = plan.taskOf(job);
        return task < 0 ? -1 : intOf(plan.tasks().get(task).key());
    }

    /** The plan's task; null where the plan has it no more. */
    @Nullable Task planned(int task) {
        return tasks[task];
    }

    Plan plan() {
        return plan;
    }

    @Override
    public int taskCount() {
        return keys.size();
    }

    @Override
    public Key key(int task) {
        return keys.get(task);
    }

    @Override
    public int needCount(int task) {
        return needs[task].length;
    }

    @Override
    public int need(int task, int index) {
        return needs[task][index];
    }

    @Override
    public int dependentCount(int task) {
        return dependents[task].length;
    }

    @Override
    public int dependent(int task, int index) {
        return dependents[task][index];
    }

    /** What the task's jobs say of their priority, once they are evaluated. */
    void evaluated(int task, List<JobRun> jobs) {
        double highest = Integer.MIN_VALUE;
        for (JobRun job : jobs) {
            if (job.settings() != null) {
                highest = Math.max(highest, job.ready().priority());
            }
        }
        // In thousandths, since Snakemake allows fractions.
        priorities[task] = (int) Math.clamp(highest * 1000, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public int priority(int task) {
        return priorities[task];
    }

    @Override
    public int retries(int task) {
        Task planned = tasks[task];
        int most = 0;
        if (planned != null) {
            for (int job : planned.jobs()) {
                int own = plan.job(job).rule().options().retries();
                most = Math.max(most, own < 0 ? retries : own);
            }
        }
        return oneMore.get(task) ? most + 1 : most;
    }

    /** Lets the task be tried once more than its rule says. */
    void grantOneMore(int task) {
        oneMore.set(task);
    }

    @Override
    public boolean checkpoint(int task) {
        Task planned = tasks[task];
        return planned != null && planned.jobs().stream().anyMatch(plan::checkpoint);
    }

    @Override
    public List<PlannedJob> jobs(int task) {
        Task planned = tasks[task];
        if (planned == null) {
            return List.of();
        }
        List<PlannedJob> jobs = new ArrayList<>(planned.jobs().size());
        for (int job : planned.jobs()) {
            dev.sluice.engine.plan.PlannedJob view = plan.job(job);
            jobs.add(
                    new PlannedJob(
                            new Key(view.key()),
                            view.rule().name(),
                            view.wildcards().toMap(),
                            view.output().items().stream()
                                    .filter(file -> !file.stream())
                                    .map(JobFile::path)
                                    .toList()));
        }
        return jobs;
    }
}
