package dev.sluice.app.runs;

import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.util.ArrayList;
import java.util.List;

/** A run as {@code sluice status} shows it. Makes lines, prints none. */
final class StatusText {
    private static final int SHOWN = 20;
    private static final int BAR = 20;
    private static final String INDENT = "  ";

    private final Screen screen;
    private final Times times;
    private final RunFolder run;
    private final RunView view;
    private final RunStanding standing;
    private final List<String> lines = new ArrayList<>();

    StatusText(Screen screen, Times times, RunFolder run, RunView view, RunStanding standing) {
        this.screen = screen;
        this.times = times;
        this.run = run;
        this.view = view;
        this.standing = standing;
    }

    /**
     * @param all whether every job is listed
     * @param run what names it in another command; empty for the latest
     * @param where what stands behind a command that is to look at the same folder
     */
    List<String> lines(boolean all, String run, String where) {
        head();
        progress();
        open();
        failed();
        if (all) {
            jobs();
        }
        warnings();
        hints(run, where);
        return lines;
    }

    /** What happened up to now, in short. */
    List<String> soFar() {
        head();
        progress();
        open();
        failed();
        return lines;
    }

    private void head() {
        RunHead head = view.head();
        lines.add(screen.bold("run " + run.id()) + ": " + state());
        Life first = head.lives().isEmpty() ? null : head.lives().getFirst();
        if (first == null) {
            return;
        }
        lines.add(INDENT + Commands.line(first.argv()));
        String began = "began " + times.at(first.millis()) + " (" + times.ago(first.millis()) + ")";
        lines.add(INDENT + began + ", by " + first.user() + at(first));
        int resumed = head.lives().size() - 1;
        if (resumed > 0) {
            Life last = head.lives().getLast();
            lines.add(
                    INDENT
                            + "resumed "
                            + (resumed == 1 ? "" : resumed + " times, last ")
                            + times.at(last.millis())
                            + " ("
                            + times.ago(last.millis())
                            + "), by "
                            + last.user()
                            + at(last));
        }
    }

    private static String at(Life life) {
        return life.origin().host().isEmpty() ? "" : " on " + life.origin().host();
    }

    /** What it does, and since when or how long. */
    private String state() {
        RunHead head = view.head();
        String took = Times.span(RunLength.millis(head, standing, times.now()));
        return switch (standing.state()) {
            case RUNNING ->
                    screen.green(head.stopping() ? "stopping" : "running")
                            + " for "
                            + took
                            + " ("
                            + standing.holder()
                            + ")";
            case ELSEWHERE ->
                    screen.green("running elsewhere")
                            + " ("
                            + standing.holder()
                            + "), which said that it lives "
                            + times.ago(standing.renewedMillis());
            case PLANNING ->
                    screen.green("planning")
                            + (AskedFrom.now().atWork()
                                    ? ""
                                    : ", or it broke off while it planned");
            case BROKEN_OFF ->
                    screen.yellow("broken off")
                            + ", last heard of "
                            + times.ago(head.lastMillis())
                            + " ("
                            + times.at(head.lastMillis())
                            + ")";
            case SUCCEEDED -> screen.green("succeeded") + " in " + took;
            case FAILED -> screen.red("failed") + " after " + took;
            case STOPPED -> screen.yellow("stopped") + " after " + took;
        };
    }

    private void progress() {
        RunCounts counts = view.counts();
        if (counts.total() == 0 && counts.done() == 0) {
            return;
        }
        int open = view.open().size();
        var text = new StringBuilder();
        text.append(counts.done()).append(" of ").append(counts.total()).append(" jobs done");
        if (counts.total() > 0) {
            text.append(" (").append(100L * counts.done() / counts.total()).append("%)");
        }
        if (open > 0) {
            String past = open == 1 ? " was running" : " were running";
            text.append(", ").append(open).append(standing.mayGoOn() ? " running" : past);
        }
        if (counts.failures() > 0) {
            text.append(", ").append(counts.failures()).append(" failed");
        }
        if (counts.retries() > 0) {
            String word = counts.retries() == 1 ? " attempt" : " attempts";
            text.append(", ").append(counts.retries()).append(word).append(" made again");
        }
        if (view.finishedBefore() > 0) {
            text.append("; ").append(view.finishedBefore()).append(" done before it was resumed");
        }
        title(text.toString());
        var table = new Table();
        counts.byRule()
                .forEach(
                        (rule, of) ->
                                table.row(
                                        rule,
                                        bar(of.done(), of.total()),
                                        of.done() + "/" + of.total()));
        lines.addAll(table.lines(INDENT, screen));
    }

    private static String bar(int done, int total) {
        int filled = total <= 0 ? BAR : (int) Math.min(BAR, (long) BAR * done / total);
        return "█".repeat(filled) + "·".repeat(BAR - filled);
    }

    private void open() {
        List<JobView> open = view.open();
        if (open.isEmpty()) {
            return;
        }
        title(standing.mayGoOn() ? "running" : "running when it broke off");
        var table = new Table();
        for (JobView job : open.subList(0, Math.min(SHOWN, open.size()))) {
            AttemptView attempt = job.lastAttempt();
            table.row(
                    JobChoice.selector(job),
                    attempt == null || !standing.mayGoOn()
                            ? ""
                            : "for " + Times.span(attempt.durationMillis(times.now())),
                    attempt == null ? "" : attempt.executor(),
                    attempt == null || attempt.number() == 1 ? "" : "attempt " + attempt.number());
        }
        lines.addAll(table.lines(INDENT, screen));
        more(open.size());
    }

    private void failed() {
        List<JobView> failed = view.failed();
        if (failed.isEmpty()) {
            return;
        }
        title(screen.red("failed"));
        for (JobView job : failed.subList(0, Math.min(SHOWN, failed.size()))) {
            AttemptView attempt = job.lastAttempt();
            lines.add(INDENT + screen.bold(JobChoice.selector(job)) + ": " + job.failure());
            if (attempt != null) {
                String log = attempt.log().isEmpty() ? "it printed nothing" : attempt.log();
                lines.add(INDENT + INDENT + screen.faint("log: " + log));
            }
        }
        more(failed.size());
    }

    private void jobs() {
        title("all jobs that were started");
        var table = new Table();
        for (JobView job : view.jobs()) {
            AttemptView attempt = job.lastAttempt();
            boolean brokenOff = job.state().isOpen() && !standing.mayGoOn();
            table.row(
                    brokenOff ? "broken off" : JobWords.state(job.state()),
                    JobChoice.selector(job),
                    attempt == null || brokenOff
                            ? ""
                            : Times.span(attempt.durationMillis(times.now())),
                    attempt == null || attempt.number() == 1 ? "" : "attempt " + attempt.number(),
                    job.key().text());
        }
        lines.addAll(table.lines(INDENT, screen));
    }

    private void warnings() {
        List<RunHead.Warning> warnings = view.head().warnings();
        if (warnings.isEmpty()) {
            return;
        }
        title(screen.yellow(view.head().warned() == 1 ? "warning" : "warnings"));
        int shown = Math.min(SHOWN, warnings.size());
        for (RunHead.Warning warning : warnings.subList(warnings.size() - shown, warnings.size())) {
            lines.add(INDENT + times.at(warning.millis()) + "  " + warning.message());
        }
        more(view.head().warned(), shown);
    }

    private void hints(String run, String where) {
        String next = (run.isEmpty() ? "" : " " + run) + where;
        var table = new Table();
        List<JobView> failed = view.failed();
        if (!failed.isEmpty()) {
            table.row(
                    AskedFrom.typed(
                            "logs "
                                    + Commands.quoted(JobChoice.selector(failed.getFirst()))
                                    + (run.isEmpty() ? "" : " --run " + run)
                                    + where),
                    "what it printed");
        }
        switch (standing.state()) {
            case RUNNING, ELSEWHERE -> {
                table.row(AskedFrom.typed("attach" + next), "follow it");
                table.row(AskedFrom.typed("cancel" + next), "stop it");
            }
            case BROKEN_OFF -> {
                table.row(
                        AskedFrom.typed("resume" + next),
                        "go on; what is finished does not run again, what still runs is taken"
                                + " over");
                if (!failed.isEmpty()) {
                    table.row(
                            AskedFrom.typed("resume --retry-failed" + next),
                            "the same, and try what failed again");
                }
            }
            case FAILED ->
                    table.row(
                            AskedFrom.typed("resume" + next),
                            "try what failed again, and go on with the rest");
            case STOPPED -> table.row(AskedFrom.typed("resume" + next), "go on with the rest");
            case PLANNING, SUCCEEDED -> {}
        }
        List<String> rows = table.lines(INDENT, screen);
        if (!rows.isEmpty()) {
            title("next");
            lines.addAll(rows);
        }
    }

    private void title(String text) {
        lines.add("");
        lines.add(text);
    }

    private void more(int all) {
        more(all, Math.min(SHOWN, all));
    }

    private void more(int all, int shown) {
        if (all > shown) {
            lines.add(INDENT + "… and " + (all - shown) + " more (--jobs, --json)");
        }
    }
}
