package dev.sluice.engine.view;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A run's jobs as rows and columns: those of its plan in the plan's order, and behind them those
 * that only its journal knows, in the order in which it came to know them (finished under an
 * earlier plan; all of them where there is no plan file). Folds facts into a {@link RunView} and
 * repeats in columns what that says, so that nothing is decided twice. The work for a fact grows
 * with the jobs it names; only a plan is looked at as a whole. Owned by one thread.
 *
 * <p><b>Positions.</b> A row's values follow from the plan file's bytes read so far and from the
 * facts so far, and from nothing else. {@link #changedAt} is the offset of the last fact that may
 * have changed them, or a later one; it never shrinks, and whoever reads the same files comes to
 * the same rows. A change of {@link #layout} means that rows, or the rules behind their numbers,
 * are others, and that positions from before say nothing.
 */
public final class JobColumns {
    /** Where there is no time: as a u32, its greatest value. */
    public static final int NEVER = -1;

    /** The number of an executor where there is none. */
    public static final int NOBODY = 255;

    private static final long LONGEST = 0xFFFF_FFFEL;

    /** Attempts before the last that are told of one job, the newest ones. */
    private static final int EARLIER_KEPT = 20;

    private final RunView view;
    private final PlanTable plan;
    private final Tallies tallies = new Tallies();
    private final Rows rows = new Rows();
    private final RowStates states;

    /** The jobs of tasks with an attempt that is not settled. */
    private final SequencedMap<Key, List<Key>> open = new LinkedHashMap<>();

    /** The jobs of tasks that failed for good under the last plan. */
    private final SequencedMap<Key, List<Key>> failedTasks = new LinkedHashMap<>();

    private final SequencedMap<Key, Integer> behind = new LinkedHashMap<>();
    private final List<Key> behindKeys = new ArrayList<>();
    private final List<Long> bornAt = new ArrayList<>();
    private final BitSet severalAttempts = new BitSet();
    private final SequencedMap<String, Integer> executors = new LinkedHashMap<>();
    private final List<Long> executorsBornAt = new ArrayList<>();

    private int planRows;
    private long planBeginnings;
    private BitSet removed = new BitSet();
    private long base = -1;
    private long position;
    private long positionMillis;

    /**
     * An attempt before the one that the columns tell of; times as in the columns.
     *
     * @param executor its number
     */
    public record Earlier(
            int row, int started, int running, int ended, RowState state, int executor) {}

    /**
     * @param view that has seen nothing yet; folded by this from now on
     * @param plan polled by whoever owns both; {@link #planRead} says that there was something
     */
    public JobColumns(RunView view, PlanTable plan) {
        this.view = view;
        this.plan = plan;
        states = new RowStates(view, plan);
        layOut();
    }

    /** Folds one fact more, here and in the view. */
    public void apply(Entry entry) {
        if (base < 0) {
            base = entry.millis();
        }
        position = entry.offset();
        positionMillis = entry.millis();
        view.apply(entry);
        switch (entry.fact()) {
            case Fact.PlanMade _ -> {
                failedTasks.clear();
                layOut();
            }
            case Fact.AttemptStarted started -> start(started);
            case Fact.AttemptRunning(var task, _) -> touchOpen(task);
            case Fact.AttemptEnded(var task, _, _) -> touchOpen(task);
            case Fact.JobFinished(_, _, JobRecord job) -> touch(job.key());
            case Fact.JobFailed(_, _, var job) -> touch(job.job());
            case Fact.TaskSettled(var task, int attempt, var verdict) ->
                    settle(task, attempt, verdict);
            case Fact.RetryRequested(var task) -> {
                failedTasks.getOrDefault(task, List.of()).forEach(this::touch);
                failedTasks.remove(task);
                touchTask(task);
            }
            case Fact.RunEnded _ -> {
                open.sequencedValues().forEach(jobs -> jobs.forEach(this::touch));
                open.clear();
            }
            case Fact.RunStarted _,
                    Fact.RunResumed _,
                    Fact.PlanChanged _,
                    Fact.AttemptHandedOver _,
                    Fact.AttemptDisowned _,
                    Fact.StopRequested _ -> {}
            case Fact.TempDeleted _,
                    Fact.OutputsTouched _,
                    Fact.OutputsForgotten _,
                    Fact.Warned _ -> {}
        }
    }

    /**
     * To be called when {@link PlanTable#poll} found something. Looks at all jobs where the plan is
     * another one, or jobs stand behind its rows.
     */
    public void planRead() {
        boolean grown = plan.beginnings() == planBeginnings && behind.isEmpty();
        if (grown) {
            grow();
        } else {
            layOut();
        }
    }

    public int rows() {
        return rows.size();
    }

    /** Those before it are the plan's. */
    public int planRows() {
        return planRows;
    }

    public Key key(int row) {
        return row < planRows ? plan.key(row) : behindKeys.get(row - planRows);
    }

    /** The row of the job, or -1. */
    public int row(Key key) {
        int row = plan.row(key);
        return row >= 0 && row < planRows ? row : behind.getOrDefault(key, -1);
    }

    /** What facts say of it; null where they say nothing. */
    public @Nullable JobView job(int row) {
        return view.job(key(row));
    }

    /** {@code rule, sample=A, lane=1}. */
    public String title(int row) {
        JobView job = row < planRows ? null : job(row);
        return row < planRows ? plan.title(row) : job == null ? "job " + key(row) : job.title();
    }

    public RowState state(int row) {
        return rows.state(row);
    }

    /** How many attempts there were. */
    public int attempts(int row) {
        return rows.attempts(row);
    }

    /** Among {@link #executors}, or {@link #NOBODY}. */
    public int executor(int row) {
        return rows.executor(row);
    }

    /** Milliseconds since {@link #baseMillis} as a u32, or {@link #NEVER}; so the next two. */
    public int started(int row) {
        return rows.started(row);
    }

    public int running(int row) {
        return rows.running(row);
    }

    public int ended(int row) {
        return rows.ended(row);
    }

    /** Such a time since 1970, or -1. */
    public long millis(int time) {
        return time == NEVER ? -1 : base + Integer.toUnsignedLong(time);
    }

    /** When the run began, since 1970; 0 before its first fact. */
    public long baseMillis() {
        return Math.max(0, base);
    }

    public String rule(int row) {
        return tallies.rules().get(rows.rule(row));
    }

    /** Among {@link #rules}. */
    public int ruleIndex(int row) {
        return rows.rule(row);
    }

    /** The plan's, then those that only the journal knows; empty for a job without a known one. */
    public List<String> rules() {
        return tallies.rules();
    }

    /** In the order in which they first got an attempt. */
    public List<String> executors() {
        return List.copyOf(executors.sequencedKeySet());
    }

    public int count(RowState state) {
        return tallies.count(state);
    }

    /** How many jobs of a rule stand there. */
    public int count(int rule, RowState state) {
        return tallies.count(rule, state);
    }

    /** The attempts that the columns do not tell of, the oldest first; at most the last twenty. */
    public List<Earlier> earlier(int row) {
        JobView job = severalAttempts.get(row) ? job(row) : null;
        if (job == null) {
            return List.of();
        }
        var found = new ArrayList<Earlier>();
        AttemptView shown = shown(job, rows.state(row));
        for (AttemptView attempt : job.attempts()) {
            if (attempt != shown) {
                found.add(
                        new Earlier(
                                row,
                                time(attempt.startedMillis()),
                                time(attempt.runningMillis()),
                                time(attempt.endedMillis()),
                                states.of(attempt),
                                executorOf(attempt)));
            }
        }
        return found.subList(Math.max(0, found.size() - EARLIER_KEPT), found.size());
    }

    /** The first row from {@code row} on that has earlier attempts, or -1. */
    public int nextWithEarlier(int row) {
        return severalAttempts.nextSetBit(row);
    }

    /** The offset of the last fact; 0 before the first. */
    public long position() {
        return position;
    }

    /** The time of the fact at {@link #position}. */
    public long positionMillis() {
        return positionMillis;
    }

    /** Names what rows and rules mean, apart from rows that are added behind. */
    public String layout() {
        int rulesBehind = rules().size() - plan.rules().size();
        return Integer.toString(view.head().plans(), 36)
                + "."
                + plan.fingerprint()
                + "."
                + Integer.toString(rulesBehind, 36);
    }

    public long changedAt(int row) {
        return rows.changedAt(row);
    }

    /** The rows that facts behind {@code position} may have changed, in order. */
    public int[] changedSince(long position) {
        return rows.changedSince(position);
    }

    /** Whether a fact behind {@code position} added the row. */
    public boolean isNewSince(int row, long position) {
        return row >= planRows && bornAt.get(row - planRows) > position;
    }

    /** Whether a fact behind {@code position} was the first to name some executor. */
    public boolean hasNewExecutorsSince(long position) {
        return !executorsBornAt.isEmpty() && executorsBornAt.getLast() > position;
    }

    private void layOut() {
        planRows = plan.rows();
        planBeginnings = plan.beginnings();
        removed = plan.removedRows();
        tallies.begin(plan.rules());
        rows.begin(planRows, position);
        behind.clear();
        behindKeys.clear();
        bornAt.clear();
        severalAttempts.clear();
        for (int row = 0; row < planRows; row++) {
            tallies.add(plan.ruleIndex(row));
            rows.rule(row, plan.ruleIndex(row));
            refresh(row, plan.key(row));
        }
        for (JobView job : view.jobs()) {
            if (plan.row(job.key()) < 0) {
                touch(job.key());
            }
        }
    }

    private void grow() {
        int before = planRows;
        planRows = plan.rows();
        plan.rules().forEach(tallies::ruleIndex);
        for (int row = before; row < planRows; row++) {
            rows.add();
            tallies.add(plan.ruleIndex(row));
            rows.rule(row, plan.ruleIndex(row));
            refresh(row, plan.key(row));
            rows.changed(row, position);
        }
        BitSet moved = plan.removedRows();
        moved.xor(removed);
        removed.xor(moved);
        moved.stream().filter(row -> row < before).forEach(row -> touch(plan.key(row)));
    }

    private void start(Fact.AttemptStarted started) {
        if (executors.putIfAbsent(started.executor(), executors.size()) == null) {
            executorsBornAt.add(position);
        }
        var jobs = new ArrayList<Key>(started.jobs().size());
        for (PlannedJob job : started.jobs()) {
            jobs.add(job.key());
            touch(job.key());
        }
        open.put(started.task(), jobs);
    }

    private void settle(Key task, int number, Verdict verdict) {
        List<Key> jobs = open.remove(task);
        if (jobs == null) {
            // Given up without an attempt: the facts name the task only, the plan knows its jobs.
            touchTask(task);
            return;
        }
        if (verdict instanceof Verdict.Failed) {
            failedTasks.put(task, jobs);
        }
        boolean lost =
                verdict instanceof Verdict.Again(var budget)
                        && (budget == Budget.EVICTIONS || budget == Budget.LOSSES);
        for (Key key : jobs) {
            JobView job = view.job(key);
            AttemptView attempt = job == null || !lost ? null : job.attempt(number);
            if (attempt != null) {
                states.taken(attempt);
            }
            touch(key);
        }
    }

    private void touchTask(Key task) {
        touch(task);
        for (int row : plan.rowsOf(task)) {
            touch(plan.key(row));
        }
    }

    private void touchOpen(Key task) {
        open.getOrDefault(task, List.of()).forEach(this::touch);
    }

    private void touch(Key key) {
        int row = row(key);
        if (row < 0) {
            JobView job = view.job(key);
            if (job == null) {
                return;
            }
            row = addBehind(job);
        }
        refresh(row, key);
        rows.changed(row, position);
    }

    private int addBehind(JobView job) {
        int row = rows.add();
        behind.put(job.key(), row);
        behindKeys.add(job.key());
        bornAt.add(position);
        int rule = tallies.ruleIndex(job.rule());
        tallies.add(rule);
        rows.rule(row, rule);
        return row;
    }

    private void refresh(int row, Key key) {
        JobView job = view.job(key);
        if (job != null && row >= planRows) {
            int rule = tallies.ruleIndex(job.rule());
            tallies.changeRule(rows.rule(row), rule, rows.state(row));
            rows.rule(row, rule);
        }
        RowState state = states.of(row < planRows ? row : -1, job);
        tallies.changeState(rows.rule(row), rows.state(row), state);
        rows.state(row, state);
        AttemptView shown = job == null ? null : shown(job, state);
        int attempts = job == null ? 0 : job.attempts().size();
        severalAttempts.set(row, attempts > (shown == null ? 0 : 1));
        rows.attempts(row, attempts);
        rows.executor(row, shown == null ? NOBODY : executorOf(shown));
        rows.times(
                row,
                shown == null ? NEVER : time(shown.startedMillis()),
                shown == null ? NEVER : time(shown.runningMillis()),
                shown == null ? NEVER : time(shown.endedMillis()));
    }

    /** The attempt that the columns tell of: none of a job that is to run anew, or never did. */
    private static @Nullable AttemptView shown(JobView job, RowState state) {
        AttemptView last = job.lastAttempt();
        boolean over = state == RowState.WAITING || state == RowState.REMOVED;
        boolean same = last != null && last.state() == job.state();
        return over || !same ? null : last;
    }

    private int executorOf(AttemptView attempt) {
        return Math.min(NOBODY - 1, executors.getOrDefault(attempt.executor(), NOBODY));
    }

    private int time(long millis) {
        return millis < 0 ? NEVER : (int) Math.clamp(millis - base, 0, LONGEST);
    }
}
