package dev.sluice.app.show;

import dev.sluice.engine.run.JobFailure;
import dev.sluice.engine.run.JobInfo;
import dev.sluice.engine.run.Progress;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunSummary;
import dev.sluice.engine.schedule.RunOutcome;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * A run as one line at the bottom of a terminal, rewritten as it goes; what has to be read later
 * (failures, warnings, what jobs print) scrolls above it.
 */
public final class LiveProgress implements RunListener {
    private static final String CLEAR = "\r\033[K";
    private static final long REDRAW_NANOS = Duration.ofMillis(80).toNanos();
    private static final int BAR = 20;

    private final PrintStream out;
    private final Style style;
    private final LongSupplier nanos;
    private final long started;
    private final SequencedMap<Integer, String> running = new LinkedHashMap<>();
    private int done;
    private int total;
    private int failed;
    private long drawn = Long.MIN_VALUE;
    private boolean midLine;

    /** The job whose output stands last above the line; -1 when that is something else. */
    private int spoke = -1;

    /** {@code columns}: how wide the terminal is. */
    public record Style(boolean colour, int columns, boolean commands) {}

    /** {@code nanos}: a clock that only runs forward. */
    public LiveProgress(PrintStream out, Style style, LongSupplier nanos) {
        this.out = out;
        this.style = style;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
    }

    @Override
    public void runStarted(RunSummary summary) {
        total = summary.jobs();
        draw(true);
    }

    @Override
    public void planChanged(RunSummary summary) {
        total = Math.max(total, done + running.size());
        draw(false);
    }

    @Override
    public void jobStarted(JobInfo job) {
        running.put(job.id(), job.rule());
        String message = job.message();
        if (message != null && !message.isBlank()) {
            above(message);
        }
        if (style.commands() && !job.command().isEmpty()) {
            above(job.command().strip());
        }
        draw(false);
    }

    @Override
    public void jobAdopted(JobInfo job) {
        running.put(job.id(), job.rule());
        draw(false);
    }

    @Override
    public void jobFinished(JobInfo job, Progress progress) {
        running.remove(job.id());
        done = progress.done();
        total = progress.total();
        draw(false);
    }

    @Override
    public void jobFailed(JobInfo job, JobFailure failure) {
        running.remove(job.id());
        if (!failure.willRetry()) {
            failed++;
        }
        String text = RunText.failure(job, failure, spoke != job.id()).stripTrailing();
        above(style.colour() ? "\033[31m" + text + "\033[0m" : text);
        draw(true);
    }

    @Override
    public void output(JobInfo job, byte[] text, int length) {
        if (!midLine) {
            out.print(CLEAR);
        } else if (spoke != job.id()) {
            out.println();
        }
        out.write(text, 0, length);
        midLine = length > 0 && text[length - 1] != '\n';
        spoke = job.id();
        draw(false);
    }

    @Override
    public void note(String text) {
        above(text);
    }

    @Override
    public void warning(String text) {
        above(style.colour() ? "\033[33mwarning:\033[0m " + text : "warning: " + text);
    }

    @Override
    public void runEnded(RunOutcome outcome, Progress progress) {
        if (midLine) {
            out.println();
            midLine = false;
        }
        out.print(CLEAR);
        double seconds = (nanos.getAsLong() - started) / 1e9;
        out.println(
                String.format(
                        Locale.ROOT,
                        "%d of %d jobs done in %s",
                        progress.done(),
                        progress.total(),
                        seconds < 10
                                ? String.format(Locale.ROOT, "%.1f s", seconds)
                                : time((long) seconds)));
        out.flush();
    }

    private void above(String text) {
        if (midLine) {
            out.println();
            midLine = false;
        }
        spoke = -1;
        out.print(CLEAR);
        out.println(text);
        drawn = Long.MIN_VALUE;
    }

    /** Not more than some twelve times a second, whatever the number of jobs. */
    private void draw(boolean now) {
        long time = nanos.getAsLong();
        if (midLine || (!now && drawn != Long.MIN_VALUE && time - drawn < REDRAW_NANOS)) {
            return;
        }
        drawn = time;
        out.print(CLEAR);
        out.print(line(time));
        out.flush();
    }

    private String line(long time) {
        double seconds = (time - started) / 1e9;
        int filled = total == 0 ? BAR : (int) ((long) BAR * done / total);
        var text = new StringBuilder();
        text.append('[').append("█".repeat(filled)).append("·".repeat(BAR - filled)).append("] ");
        text.append(done).append('/').append(total).append(" jobs");
        if (failed > 0) {
            text.append(", ").append(failed).append(" failed");
        }
        text.append(", ").append(running.size()).append(" running");
        if (done > 0 && seconds > 0.5) {
            double rate = done / seconds;
            text.append(String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate));
            text.append(", ").append(time((long) ((total - done) / rate))).append(" left");
        }
        if (!running.isEmpty()) {
            text.append(": ")
                    .append(
                            String.join(
                                    " ",
                                    running.sequencedValues().stream()
                                            .distinct()
                                            .limit(4)
                                            .toList()));
        }
        return text.length() < style.columns()
                ? text.toString()
                : text.substring(0, style.columns() - 1);
    }

    private static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
