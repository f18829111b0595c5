package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Reason;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One job of an attempt, from its evaluation to its end. Owned by the run's thread. */
final class JobRun implements JobInfo {
    private final PlannedJob job;
    private final Reason reason;
    private final @Nullable JobSettings settings;
    private final int tryNumber;

    String command = "";
    @Nullable String message;

    /** Relative to the working folder; empty where the job has no shadow. */
    String shadow = "";

    /** The log of its last process, relative to the working folder; empty where it has none. */
    String log = "";

    /** Files to delete when it is over. */
    List<String> temporary = List.of();

    final List<AttemptReport> ends = new ArrayList<>(1);

    int processes;

    /** When its files were prepared. */
    long preparedMillis;

    JobRun(PlannedJob job, Reason reason, @Nullable JobSettings settings, int tryNumber) {
        this.job = job;
        this.reason = reason;
        this.settings = settings;
        this.tryNumber = tryNumber;
    }

    @Override
    public PlannedJob job() {
        return job;
    }

    @Override
    public @Nullable JobSettings settings() {
        return settings;
    }

    JobSettings ready() {
        if (settings == null) {
            throw new IllegalStateException(job.rule().name() + " was never evaluated");
        }
        return settings;
    }

    @Override
    public int tryNumber() {
        return tryNumber;
    }

    @Override
    public String command() {
        return command;
    }

    @Override
    public @Nullable String message() {
        return message;
    }

    @Override
    public String reason() {
        return reason.text();
    }

    /** Whether something runs for it: not for rules that only collect. */
    boolean acts() {
        return !job.onlyCollects();
    }

    /** The end of the process that failed, or the last one's; null where none was told. */
    AttemptReport.@Nullable Ended end() {
        AttemptReport.Ended last = null;
        for (AttemptReport report : ends) {
            if (report instanceof AttemptReport.Ended ended) {
                last = ended;
                if (!ended.exit().succeeded()) {
                    return ended;
                }
            }
        }
        return last;
    }

    boolean failed() {
        AttemptReport.Ended end = end();
        return end != null && !end.exit().succeeded();
    }

    /** Whether all its processes came to a good end. */
    boolean succeeded() {
        return ends.size() == processes
                && ends.stream()
                        .allMatch(
                                report ->
                                        report instanceof AttemptReport.Ended ended
                                                && ended.exit().succeeded());
    }
}
