package dev.sluice.app.show;

import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.run.JobFailure;
import dev.sluice.engine.run.JobInfo;
import dev.sluice.engine.run.Progress;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunSummary;
import dev.sluice.engine.schedule.RunOutcome;

import java.io.PrintStream;

/**
 * A run as plain lines, in the words that Snakemake's users and the programs that read its log
 * files know. Used for the text log and where standard error is no terminal.
 */
public final class RunText implements RunListener {
    private final PrintStream out;
    private final Detail detail;

    /** Whether a job's last output has not ended its line. */
    private boolean midLine;

    /** The job whose output is the last that was written; -1 when that was something else. */
    private int spoke = -1;

    /** What is told; failures and warnings always are. */
    public record Detail(
            boolean progress, boolean rules, boolean reasons, boolean commands, boolean outputs) {
        /** Everything that a log file should hold; what jobs print stands in their own logs. */
        public static final Detail LOG_FILE = new Detail(true, true, true, true, false);
    }

    public RunText(PrintStream out, Detail detail) {
        this.out = out;
        this.detail = detail;
    }

    @Override
    public void runStarted(RunSummary summary) {
        if (detail.progress()) {
            if (summary.limits().cores() < Integer.MAX_VALUE) {
                out.println("Provided cores: " + summary.limits().cores());
            }
            if (!summary.limits().resources().isEmpty()) {
                var named = new StringBuilder("Provided resources:");
                summary.limits()
                        .resources()
                        .forEach((name, n) -> named.append(' ').append(name).append('=').append(n));
                out.println(named);
            }
            out.println(StatsTable.of(summary.jobsByRule(), summary.jobs()));
        }
    }

    @Override
    public void jobStarted(JobInfo job) {
        JobSettings settings = job.settings();
        if (settings == null) {
            return;
        }
        ownLine();
        if (detail.rules()) {
            String reason = detail.reasons() ? job.reason() : "";
            out.print(JobText.block(settings, reason, job.message()));
        }
        if (detail.commands() && !job.command().isEmpty()) {
            out.println("Shell command: " + job.command());
        }
        if (detail.rules()) {
            out.println();
        }
    }

    @Override
    public void jobAdopted(JobInfo job) {
        ownLine();
        if (detail.rules()) {
            out.println("Taken over, as it still runs or has ended meanwhile:");
        }
        jobStarted(job);
    }

    @Override
    public void jobFinished(JobInfo job, Progress progress) {
        ownLine();
        if (detail.progress()) {
            out.println("Finished jobid: " + job.id() + " (Rule: " + job.rule() + ")");
            out.println(
                    progress.done()
                            + " of "
                            + progress.total()
                            + " steps ("
                            + progress.percent()
                            + "%) done");
        }
    }

    @Override
    public void jobFailed(JobInfo job, JobFailure failure) {
        boolean justRead = spoke == job.id();
        ownLine();
        out.print(failure(job, failure, !justRead));
        out.flush();
    }

    /** What went wrong, with all that helps to find out why. */
    static String failure(JobInfo job, JobFailure failure, boolean withTail) {
        PlannedJob planned = job.job();
        var text = new StringBuilder("Error in rule ").append(job.rule()).append(":\n");
        line(text, "message", failure.why());
        line(text, "jobid", String.valueOf(job.id()));
        line(text, "wildcards", JobText.wildcards(planned));
        line(text, "input", JobText.paths(planned.input()));
        line(text, "output", JobText.paths(planned.output()));
        line(text, "log", JobText.paths(planned.log()));
        line(text, "shell command", job.command());
        if (failure.exitCode() > 0) {
            line(text, "exit code", String.valueOf(failure.exitCode()));
        }
        if (withTail && !failure.logTail().isBlank()) {
            text.append("    it printed last:\n");
            failure.logTail()
                    .stripTrailing()
                    .lines()
                    .forEach(tail -> text.append("      | ").append(tail).append('\n'));
        }
        if (failure.willRetry()) {
            text.append("Trying again (attempt ").append(job.tryNumber() + 1).append(").\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isBlank()) {
            text.append("    ").append(label).append(": ");
            text.append(value.strip().replace("\n", "\n        ")).append('\n');
        }
    }

    @Override
    public void output(JobInfo job, byte[] text, int length) {
        if (detail.outputs()) {
            if (spoke != job.id()) {
                ownLine();
            }
            out.write(text, 0, length);
            out.flush();
            midLine = length > 0 && text[length - 1] != '\n';
            spoke = job.id();
        }
    }

    /** Before anything that no job printed. */
    private void ownLine() {
        if (midLine) {
            out.println();
        }
        midLine = false;
        spoke = -1;
    }

    @Override
    public void planChanged(RunSummary summary) {
        ownLine();
        if (detail.progress()) {
            out.println("Updating the plan after a checkpoint: " + summary.jobs() + " jobs");
        }
    }

    @Override
    public void note(String text) {
        ownLine();
        if (detail.progress()) {
            out.println(text);
        }
    }

    @Override
    public void warning(String text) {
        ownLine();
        out.println("warning: " + text);
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void runEnded(RunOutcome outcome, Progress progress) {
        ownLine();
        out.flush();
    }
}
