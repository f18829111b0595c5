package dev.sluice.app.runs;

import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

/** What a run that goes on has said of the jobs of a plan. */
final class ExplainSeen {
    private final Plan plan;
    private final RunView view;
    private final Times times;

    ExplainSeen(Plan plan, RunView view, Times times) {
        this.plan = plan;
        this.view = view;
        this.times = times;
    }

    /** Under its present plan; null where it has not come to the job. */
    @Nullable JobView job(int job) {
        JobView seen = view.job(new Key(plan.key(job)));
        if (seen == null) {
            return null;
        }
        boolean madeBefore = seen.state() == JobState.FINISHED && !plan.runs(job);
        return view.isCurrent(seen) || madeBefore || seen.state().isOpen() ? seen : null;
    }

    /** Whether it has to run and has not finished. */
    boolean isToCome(int job) {
        JobView seen = job(job);
        return seen == null ? plan.runs(job) : seen.state() != JobState.FINISHED;
    }

    /** On this machine what is handed over runs: nobody says so once more. */
    static JobState stateOf(JobView job, AttemptView attempt) {
        boolean here = attempt.executor().equals("local") && !attempt.reason().isEmpty();
        return job.state() == JobState.STARTED && here ? JobState.RUNNING : job.state();
    }

    /** As it stands behind the job's name, or behind {@code which}. */
    String words(int job) {
        JobView seen = job(job);
        if (seen == null) {
            return "has not been started yet";
        }
        AttemptView attempt = seen.lastAttempt();
        if (attempt == null) {
            return seen.state() == JobState.CANCELLED
                    ? "was cancelled before it was started"
                    : "was given up before it was started" + because(seen);
        }
        return switch (stateOf(seen, attempt)) {
            case STARTED -> "is handed to " + attempt.executor();
            case RUNNING ->
                    "has been running for " + Times.span(attempt.durationMillis(times.now()));
            case ENDING -> "has ended, and its files are being looked after";
            case FINISHED -> "has finished";
            case AGAIN -> "is tried again soon" + because(seen);
            case FAILED -> "failed" + exit(attempt) + because(seen);
            case SKIPPED -> "is not run, since a job that it goes together with failed";
            case CANCELLED -> "was cancelled";
        };
    }

    static String because(JobView seen) {
        return seen.failure().isEmpty() ? "" : ": " + seen.failure();
    }

    private static String exit(AttemptView attempt) {
        return attempt.exitCode() > 0 ? " with exit code " + attempt.exitCode() : "";
    }
}
