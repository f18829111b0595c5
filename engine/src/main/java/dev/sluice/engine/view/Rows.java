package dev.sluice.engine.view;

import java.util.Arrays;

/** The columns of {@link JobColumns}: a place per row in each array. Owned by one thread. */
final class Rows {
    private int size;
    private byte[] states = {};
    private byte[] executors = {};
    private int[] attempts = {};
    private char[] rules = {};
    private int[] started = {};
    private int[] running = {};
    private int[] ended = {};
    private long[] changedAt = {};

    /** Forgets all, and has {@code count} rows that wait. */
    void begin(int count, long position) {
        size = 0;
        room(count);
        for (int i = 0; i < count; i++) {
            add();
        }
        Arrays.fill(changedAt, 0, count, position);
    }

    /** One more that waits; its number. */
    int add() {
        room(size + 1);
        states[size] = (byte) RowState.WAITING.code();
        executors[size] = (byte) JobColumns.NOBODY;
        attempts[size] = 0;
        rules[size] = 0;
        times(size, JobColumns.NEVER, JobColumns.NEVER, JobColumns.NEVER);
        changedAt[size] = 0;
        return size++;
    }

    int size() {
        return size;
    }

    RowState state(int row) {
        return RowState.of(states[row]);
    }

    void state(int row, RowState state) {
        states[row] = (byte) state.code();
    }

    int executor(int row) {
        return executors[row] & 0xFF;
    }

    void executor(int row, int executor) {
        executors[row] = (byte) executor;
    }

    int attempts(int row) {
        return attempts[row];
    }

    void attempts(int row, int count) {
        attempts[row] = count;
    }

    int rule(int row) {
        return rules[row];
    }

    void rule(int row, int rule) {
        rules[row] = (char) rule;
    }

    int started(int row) {
        return started[row];
    }

    int running(int row) {
        return running[row];
    }

    int ended(int row) {
        return ended[row];
    }

    void times(int row, int start, int run, int end) {
        started[row] = start;
        running[row] = run;
        ended[row] = end;
    }

    long changedAt(int row) {
        return changedAt[row];
    }

    void changed(int row, long position) {
        changedAt[row] = position;
    }

    int[] changedSince(long position) {
        var found = new IntPool();
        for (int row = 0; row < size; row++) {
            if (changedAt[row] > position) {
                found.add(row);
            }
        }
        return found.toArray();
    }

    private void room(int wanted) {
        if (wanted <= states.length) {
            return;
        }
        int length = Math.max(wanted, states.length + (states.length >> 1) + 16);
        states = Arrays.copyOf(states, length);
        executors = Arrays.copyOf(executors, length);
        attempts = Arrays.copyOf(attempts, length);
        rules = Arrays.copyOf(rules, length);
        started = Arrays.copyOf(started, length);
        running = Arrays.copyOf(running, length);
        ended = Arrays.copyOf(ended, length);
        changedAt = Arrays.copyOf(changedAt, length);
    }
}
