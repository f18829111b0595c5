package dev.sluice.engine.view;

import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;

import java.util.List;

/**
 * One attempt at a job. Changes as facts come; owned by the thread of its {@link RunView}. Times
 * are milliseconds since 1970, and like all that is not known yet -1.
 */
public final class AttemptView {
    private final Key task;
    private final int number;
    private final int tryNumber;
    private final String executor;
    private final Needs needs;
    private final long startedMillis;

    JobState state = JobState.STARTED;
    long runningMillis = -1;
    long endedMillis = -1;
    int exitCode = -1;
    String failure = "";
    String reason = "";
    String log = "";
    boolean disowned;
    long cpuMillis = -1;
    long maxRssBytes = -1;
    List<String> ruleLogs = List.of();

    AttemptView(
            Key task, int number, int tryNumber, String executor, Needs needs, long startedMillis) {
        this.task = task;
        this.number = number;
        this.tryNumber = tryNumber;
        this.executor = executor;
        this.needs = needs;
        this.startedMillis = startedMillis;
    }

    /** What was scheduled: the job itself, or the jobs that it goes together with. */
    public Key task() {
        return task;
    }

    public int number() {
        return number;
    }

    /** Counts the user's errors only: what functions of the Snakefile see as {@code attempt}. */
    public int tryNumber() {
        return tryNumber;
    }

    public String executor() {
        return executor;
    }

    public Needs needs() {
        return needs;
    }

    public JobState state() {
        return state;
    }

    /** When it was decided. */
    public long startedMillis() {
        return startedMillis;
    }

    public long runningMillis() {
        return runningMillis;
    }

    public long endedMillis() {
        return endedMillis;
    }

    /** -1 where there is none, 128 + n for signal n. */
    public int exitCode() {
        return exitCode;
    }

    /** Why it came to nothing; empty where it did not. */
    public String failure() {
        return failure;
    }

    /** Why the job runs, in Snakemake's words; empty before it was handed over. */
    public String reason() {
        return reason;
    }

    /** Where its standard output and error stand; empty where nobody said. */
    public String log() {
        return log;
    }

    /** Whatever comes of it does not count: its inputs are being made anew. */
    public boolean disowned() {
        return disowned;
    }

    public long cpuMillis() {
        return cpuMillis;
    }

    public long maxRssBytes() {
        return maxRssBytes;
    }

    /** The rule's own {@code log:} files; known once it is finished. */
    public List<String> ruleLogs() {
        return ruleLogs;
    }

    /** From its first sign of life to its end, or to {@code now} where it has none. */
    public long durationMillis(long now) {
        long from = runningMillis < 0 ? startedMillis : runningMillis;
        return Math.max(0, (endedMillis < 0 ? now : endedMillis) - from);
    }

    /** As executors and logs call it. */
    public String name() {
        return task + "-" + number;
    }
}
