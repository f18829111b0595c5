package dev.sluice.app.runs;

import dev.sluice.engine.schedule.JobRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The history of a file for people. Makes lines, prints none. */
final class HistoryText {
    private static final int LABEL = 11;

    private final Screen screen;
    private final Times times;
    private final List<String> lines = new ArrayList<>();

    HistoryText(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    List<String> lines(String file, FileNow now, List<Making> newestFirst) {
        lines.add(screen.bold(file) + ": " + now.words());
        newestFirst.forEach(this::making);
        return lines;
    }

    private void making(Making making) {
        String when = times.at(making.millis()) + " (" + times.ago(making.millis()) + ")";
        String run = "run " + making.run();
        Making.Job job = making.job();
        lines.add("");
        switch (making.what()) {
            case MADE -> lines.add(when + "  " + screen.green("made") + by(job));
            case FAILED -> lines.add(when + "  " + screen.red("not made") + by(job));
            case TOUCHED -> lines.add(when + "  got a new time (--touch), " + run);
            case DELETED -> lines.add(when + "  deleted: temporary, and needed no more, " + run);
            case FORGOTTEN -> lines.add(when + "  its past was to be forgotten, " + run);
        }
        if (job != null) {
            details(making, job);
        }
    }

    private static String by(Making.@Nullable Job job) {
        return job == null ? "" : " by " + title(job.record());
    }

    private static String title(JobRecord record) {
        return record.rule()
                + record.wildcards().entrySet().stream()
                        .map(each -> ", " + each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining());
    }

    private void details(Making making, Making.Job job) {
        JobRecord record = job.record();
        JobRecord.Made made = record.made();
        line("failure", job.failure());
        line("reason", job.reason());
        line("command", made.command().strip());
        line("inputs", String.join(", ", made.inputs()));
        line("params", String.join(", ", made.params()));
        line("software", made.software());
        line(
                "outputs",
                record.outputs().stream()
                        .map(HistoryText::output)
                        .collect(Collectors.joining(", ")));
        line("took", usage(record.usage()));
        line("log", record.attemptLog());
        line("rule's log", String.join(", ", record.logs()));
        String executor = job.executor().isEmpty() ? "" : " on " + job.executor();
        String user = making.user().isEmpty() ? "" : " for " + making.user();
        line("run", making.run() + ", attempt " + job.attempt() + executor + user);
    }

    private static String output(JobRecord.Output output) {
        return output.size() < 0
                ? output.path()
                : output.path() + " (" + Sizes.text(output.size()) + ")";
    }

    private static String usage(JobRecord.Usage usage) {
        if (usage.startMillis() < 0) {
            return "";
        }
        var text = new StringBuilder(Times.span(usage.endMillis() - usage.startMillis()));
        if (usage.cpuMillis() >= 0) {
            text.append(", CPU ").append(Times.span(usage.cpuMillis()));
        }
        if (usage.maxRssBytes() >= 0) {
            text.append(", memory ").append(Sizes.text(usage.maxRssBytes()));
        }
        if (usage.exitCode() >= 0) {
            text.append(", exit code ").append(usage.exitCode());
        }
        return text.toString();
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            String head = "    " + label + " ".repeat(Math.max(1, LABEL - label.length()));
            String indent = " ".repeat(head.length());
            lines.add(screen.faint(head) + value.replace("\n", "\n" + indent));
        }
    }
}
