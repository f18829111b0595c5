package dev.sluice.app.runs;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A run as it goes, from its facts: lines in the words of {@code sluice run}, and on a terminal
 * only what has to be read, above a line that says how far it is.
 */
final class AttachText {
    private static final String CLEAR = "\r\033[K";
    private static final int BAR = 20;

    private final PrintStream out;
    private final Screen screen;
    private boolean midLine;
    private String drawn = "";
    private @Nullable Key spoke;

    /**
     * @param screen of {@code out}
     */
    AttachText(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    /** Tells a fact that the view holds already. */
    void tell(Entry entry, RunView view) {
        switch (entry.fact()) {
            case Fact.RunResumed(_, var user, _, _, _) -> note("resumed by " + user);
            case Fact.PlanMade _ -> note("planned: " + view.counts().total() + " jobs");
            case Fact.PlanChanged _ ->
                    note(
                            "Updating the plan after a checkpoint: "
                                    + view.counts().total()
                                    + " jobs");
            case Fact.AttemptHandedOver(_, _, var jobs) -> {
                if (!screen.live()) {
                    jobs.forEach(job -> started(view.job(job.key())));
                }
            }
            case Fact.JobFinished(_, _, var job) -> finished(view.job(job.key()), view);
            case Fact.JobFailed(_, _, var job) -> failed(view.job(job.job()));
            case Fact.TaskSettled(var task, _, var verdict) -> settled(view, task, verdict);
            case Fact.StopRequested(boolean now) ->
                    note(now ? "stopping the running jobs" : "no more jobs are started");
            case Fact.RetryRequested(var task) -> retried(view.job(task), task);
            case Fact.Warned(var message) -> above(screen.yellow("warning:") + " " + message);
            case Fact.RunStarted _,
                    Fact.AttemptStarted _,
                    Fact.AttemptRunning _,
                    Fact.AttemptDisowned _,
                    Fact.AttemptEnded _,
                    Fact.RunEnded _ -> {}
            case Fact.TempDeleted _, Fact.OutputsTouched _, Fact.OutputsForgotten _ -> {}
        }
    }

    /** The job whose line is not whole yet, or null. */
    @Nullable Key midLine() {
        return midLine ? spoke : null;
    }

    /** What was written before this stopped in a line of that job, or behind a whole line. */
    void goOn(@Nullable Key job) {
        midLine = job != null;
        spoke = job;
    }

    /** What a job printed, as it is. */
    void output(Key job, byte[] bytes) {
        if (!midLine) {
            clear();
        } else if (!job.equals(spoke)) {
            out.println();
        }
        out.write(bytes, 0, bytes.length);
        midLine = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        spoke = job;
    }

    /** Draws the line at the bottom of a terminal. */
    void draw(RunView view) {
        if (screen.live() && !midLine) {
            String line = screen.cut(line(view));
            if (!line.equals(drawn)) {
                clear();
                out.print(line);
                drawn = line;
            }
        }
        out.flush();
    }

    void ended(String run, RunView view, RunOutcome outcome) {
        RunCounts counts = view.counts();
        above(counts.done() + " of " + counts.total() + " jobs done");
        above(
                switch (outcome) {
                    case SUCCEEDED -> "Done.";
                    case FAILED ->
                            screen.red("Failed")
                                    + ": "
                                    + AskedFrom.quoted("status " + run)
                                    + " says what.";
                    case STOPPED ->
                            "Stopped. "
                                    + AskedFrom.quoted(AskedFrom.named("resume"))
                                    + " goes on with the rest.";
                });
    }

    void above(String text) {
        if (midLine) {
            out.println();
            midLine = false;
        }
        spoke = null;
        clear();
        out.println(text);
    }

    private void note(String text) {
        above(text);
    }

    private void retried(@Nullable JobView job, Key task) {
        note("trying again: " + (job == null ? "task " + task : job.title()));
    }

    private void started(@Nullable JobView job) {
        if (job == null) {
            return;
        }
        AttemptView attempt = job.lastAttempt();
        var text = new StringBuilder("rule ").append(job.rule()).append(":\n");
        line(text, "output", String.join(", ", job.outputs()));
        line(text, "reason", attempt == null ? "" : attempt.reason());
        line(text, "wildcards", wildcards(job));
        if (attempt != null && attempt.number() > 1) {
            line(text, "attempt", String.valueOf(attempt.number()));
        }
        above(text.toString());
    }

    private void finished(@Nullable JobView job, RunView view) {
        if (job == null || screen.live()) {
            return;
        }
        RunCounts counts = view.counts();
        int total = counts.total();
        above("Finished " + job.title());
        above(
                counts.done()
                        + " of "
                        + total
                        + " steps ("
                        + (total == 0 ? 100 : 100L * counts.done() / total)
                        + "%) done");
    }

    private void failed(@Nullable JobView job) {
        if (job == null) {
            return;
        }
        AttemptView attempt = job.lastAttempt();
        var text = new StringBuilder("Error in rule ").append(job.rule()).append(":\n");
        line(text, "message", job.failure());
        line(text, "wildcards", wildcards(job));
        line(text, "output", String.join(", ", job.outputs()));
        line(text, "log", attempt == null ? "" : attempt.log());
        above(screen.red(text.toString().stripTrailing()));
    }

    private void settled(RunView view, Key task, Verdict verdict) {
        JobView job = view.job(task);
        switch (verdict) {
            case Verdict.Again(var budget) ->
                    note(
                            (job == null ? "job " + task : job.title())
                                    + switch (budget) {
                                        case NONE, RETRIES -> " is tried again";
                                        case EVICTIONS -> " was evicted, and is started again";
                                        case LOSSES -> " was lost, and is started again";
                                        case STAGING -> " lacked its files, and is started again";
                                    });
            case Verdict.Failed(var reason) -> {
                // Where an attempt failed, that was told with its job.
                if (job != null && job.attempts().isEmpty()) {
                    above(screen.red("Error in " + job.title() + ": " + reason));
                }
            }
            case Verdict.Succeeded(), Verdict.Cancelled() -> {}
        }
    }

    private String line(RunView view) {
        RunCounts counts = view.counts();
        List<JobView> open = view.open();
        int total = counts.total();
        int filled = total == 0 ? BAR : (int) Math.min(BAR, (long) BAR * counts.done() / total);
        var text = new StringBuilder();
        text.append('[').append("█".repeat(filled)).append("·".repeat(BAR - filled)).append("] ");
        text.append(counts.done()).append('/').append(total).append(" jobs");
        if (counts.failures() > 0) {
            text.append(", ").append(counts.failures()).append(" failed");
        }
        text.append(", ").append(open.size()).append(" running");
        String rules =
                open.stream()
                        .map(JobView::rule)
                        .distinct()
                        .limit(4)
                        .collect(Collectors.joining(" "));
        return rules.isEmpty() ? text.toString() : text.append(": ").append(rules).toString();
    }

    private void clear() {
        drawn = "";
        if (screen.live()) {
            out.print(CLEAR);
        }
    }

    private static String wildcards(JobView job) {
        return job.wildcards().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isBlank()) {
            text.append("    ").append(label).append(": ").append(value.strip()).append('\n');
        }
    }
}
