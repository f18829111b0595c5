package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Reason;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One job of an attempt, from its evaluation to its end. Owned by the run's thread. */
final class JobRun implements JobInfo {
    private final PlannedJob job;
    private final Reason reason;
    private final @Nullable JobSettings settings;
    private final int tryNumber;

    private @Nullable String toldReason;

    String command = "";
    @Nullable String message;

    /** Absolute; empty where the job has no shadow. */
    String shadow = "";

    /** The log of its last process, relative to the working folder; empty where it has none. */
    String log = "";

    /** Files to delete when it is over. */
    List<String> temporary = List.of();

    final List<AttemptReport> ends = new ArrayList<>(1);

    /** An earlier engine handed it over. */
    boolean adopted;

    int processes;

    /** The executor's names of its processes. */
    final List<String> names = new ArrayList<>(1);

    /** What it is made with, once that is known; without checksums. */
    JobRecord.@Nullable Made made;

    /** When its files were prepared. */
    long preparedMillis;

    JobRun(PlannedJob job, Reason reason, @Nullable JobSettings settings, int tryNumber) {
        this.job = job;
        this.reason = reason;
        this.settings = settings;
        this.tryNumber = tryNumber;
    }

    /** One that an earlier engine handed over; settings are null where they cannot be had now. */
    static JobRun adopted(
            PlannedJob job,
            Reason reason,
            @Nullable JobSettings settings,
            int tryNumber,
            @Nullable HandedJob handed) {
        var run = new JobRun(job, reason, settings, tryNumber);
        if (handed != null) {
            run.adopted = true;
            run.toldReason = handed.reason();
            run.command = handed.made().command();
            run.made = handed.made();
            run.shadow = handed.shadow();
            run.log = handed.log();
            run.temporary = handed.temporary();
            run.names.addAll(handed.processes());
            run.processes = handed.processes().size();
            run.preparedMillis = handed.preparedMillis();
        }
        return run;
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
        return toldReason == null ? reason.text() : toldReason;
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
