package dev.sluice.app.rest;

import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobColumns;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.PlanTable;
import dev.sluice.engine.view.RowState;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The jobs of a run by their rows, from what the plan's file and its columns say together. Good
 * only while the watch that they came from is being read.
 */
final class JobRows {
    static final List<String> STATES =
            Arrays.stream(RowState.values()).map(RowState::word).toList();

    private static final int[] NONE = {};

    private final JobColumns columns;
    private final PlanTable plan;

    JobRows(JobColumns columns, PlanTable plan) {
        this.columns = columns;
        this.plan = plan;
    }

    int count() {
        return columns.rows();
    }

    RowState state(int row) {
        return columns.state(row);
    }

    boolean isRemoved(int row) {
        return columns.state(row) == RowState.REMOVED;
    }

    int attempts(int row) {
        return columns.attempts(row);
    }

    /** Among {@link #executors}, or {@link JobColumns#NOBODY}. */
    int executorIndex(int row) {
        return columns.executor(row);
    }

    List<String> executors() {
        return columns.executors();
    }

    /** Of the last attempt, in milliseconds since 1970, or -1. */
    long started(int row) {
        return columns.millis(columns.started(row));
    }

    long running(int row) {
        return columns.millis(columns.running(row));
    }

    long ended(int row) {
        return columns.millis(columns.ended(row));
    }

    Key key(int row) {
        return columns.key(row);
    }

    /** The row, or -1. */
    int row(Key key) {
        return columns.row(key);
    }

    String title(int row) {
        return columns.title(row);
    }

    List<String> rules() {
        return columns.rules();
    }

    /** Among {@link #rules}. */
    int ruleIndex(int row) {
        return columns.ruleIndex(row);
    }

    int count(int rule, RowState state) {
        return columns.count(rule, state);
    }

    String rule(int row) {
        return columns.rule(row);
    }

    /** What facts say of it; null where they say nothing. */
    @Nullable JobView job(int row) {
        return columns.job(row);
    }

    SequencedMap<String, String> wildcards(int row) {
        JobView job = isPlanned(row) ? null : columns.job(row);
        if (isPlanned(row)) {
            return plan.wildcards(row);
        }
        return job == null ? new LinkedHashMap<>() : job.wildcards();
    }

    /** Known of the plan's jobs only. */
    List<String> inputs(int row) {
        return isPlanned(row) ? plan.inputs(row) : List.of();
    }

    List<String> outputs(int row) {
        JobView job = isPlanned(row) ? null : columns.job(row);
        if (isPlanned(row)) {
            return plan.outputs(row);
        }
        return job == null ? List.of() : job.outputs();
    }

    /** Of what it goes together with, or its own. */
    Key task(int row) {
        if (isPlanned(row)) {
            return plan.task(row);
        }
        JobView job = columns.job(row);
        AttemptView last = job == null ? null : job.lastAttempt();
        return last == null ? columns.key(row) : last.task();
    }

    /** The rows of the jobs that it needs and that run. */
    int[] needs(int row) {
        return isPlanned(row) ? plan.needs(row) : NONE;
    }

    /** The rows of the jobs that need it. */
    int[] neededBy(int row) {
        return isPlanned(row) ? plan.neededBy(row) : NONE;
    }

    private boolean isPlanned(int row) {
        return row < columns.planRows();
    }
}
