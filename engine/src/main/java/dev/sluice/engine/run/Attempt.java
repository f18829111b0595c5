package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.AttemptEnd;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One attempt of a task, as the run's thread follows it. */
final class Attempt {
    final int task;
    final int number;
    final Task.Kind kind;
    final List<List<JobRun>> levels;
    final List<JobRun> jobs;

    /** What executors call it. */
    final String name;

    private final SequencedMap<JobRun, String> refusals = new LinkedHashMap<>(1);

    /** What the journal says of its end, where an earlier engine did not live to settle it. */
    @Nullable AttemptEnd recordedEnd;

    boolean cancelled;
    boolean started;

    /** Its executor said that it really runs. */
    boolean saidToRun;

    /** An earlier engine started it. */
    boolean adopted;

    /** It was to be stopped when that engine ended. */
    boolean stoppedBefore;

    /** Why nobody can know what became of it; null where it can be asked. */
    @Nullable String lostBecause;

    /** An earlier engine said that it would start, and did not live to hand it over. */
    boolean neverHandedOver;

    int processes;
    int ended;

    /**
     * @param jobs in the task's order, which is that of the scheduler's answers
     */
    Attempt(int task, int number, Task plan, List<JobRun> jobs) {
        this.task = task;
        this.number = number;
        this.kind = plan.kind();
        this.jobs = jobs;
        this.levels = levels(plan, jobs);
        this.name = plan.key() + "-" + number;
    }

    private static List<List<JobRun>> levels(Task plan, List<JobRun> jobs) {
        if (plan.kind() == Task.Kind.ONE || plan.levels().isEmpty()) {
            return List.of(jobs);
        }
        return plan.levels().stream()
                .map(level -> level.stream().map(id -> jobs.get(plan.jobs().indexOf(id))).toList())
                .toList();
    }

    /** The job cannot run at all; said before anything was started. */
    void refuse(JobRun job, String why) {
        refusals.put(job, why);
    }

    @Nullable String refusal(JobRun job) {
        return refusals.get(job);
    }

    /** Why none of it was started, or null. */
    @Nullable String refusal() {
        return refusals.isEmpty() ? null : refusals.firstEntry().getValue();
    }

    boolean isOver() {
        return ended == processes;
    }

    /** What the executor's words come to. */
    AttemptEnd end() {
        if (neverStarted()) {
            return new AttemptEnd.NeverStarted();
        }
        if (lostBecause != null) {
            return new AttemptEnd.Lost(lostBecause);
        }
        if (cancelled) {
            return new AttemptEnd.Cancelled();
        }
        String refusal = refusal();
        if (refusal != null) {
            return new AttemptEnd.Failed(-1, refusal);
        }
        for (JobRun job : jobs) {
            for (AttemptReport report : job.ends) {
                if (report instanceof AttemptReport.Lost lost) {
                    return new AttemptEnd.Lost(lost.why());
                }
            }
        }
        for (JobRun job : jobs) {
            AttemptReport.Ended end = job.end();
            if (end != null && !end.exit().succeeded()) {
                return stoppedBefore && bySignal(end.exit())
                        ? new AttemptEnd.Cancelled()
                        : failure(end.exit());
            }
        }
        return new AttemptEnd.Succeeded();
    }

    /** It was to be adopted, and the executor had never got it. */
    private boolean neverStarted() {
        return neverHandedOver
                || jobs.stream()
                        .flatMap(job -> job.ends.stream())
                        .anyMatch(AttemptReport.NeverStarted.class::isInstance);
    }

    /** Whether it failed in a life of the run that was over by then. */
    boolean failedBefore(long millis) {
        return jobs.stream()
                .map(JobRun::end)
                .anyMatch(
                        end -> end != null && !end.exit().succeeded() && end.endMillis() < millis);
    }

    /** Shells say 128 and the number of the signal. */
    private static boolean bySignal(Exit exit) {
        return exit instanceof Exit.Signal || (exit instanceof Exit.Code(int code) && code > 128);
    }

    static AttemptEnd.Failed failure(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> new AttemptEnd.Failed(code, "exit code " + code);
            case Exit.Signal(int number) ->
                    new AttemptEnd.Failed(128 + number, "ended by " + Signals.name(number));
            case Exit.NotStarted(String why) -> new AttemptEnd.Failed(-1, why);
            case Exit.Stopped() -> new AttemptEnd.Failed(-1, "stopped");
        };
    }
}
