package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code sluice logs}: what a job printed, byte by byte, on standard output; what is said about it
 * goes to standard error. Only reads.
 */
public final class LogsCommand {
    private static final OptionTable TABLE =
            Asked.table(
                    "logs",
                    Asked.option(
                            List.of("--follow", "-f"),
                            Option.Arity.SWITCH,
                            "",
                            "goes on until the job ends"),
                    Asked.option(List.of("--attempt"), Option.Arity.ONE, "N", "of this attempt"),
                    Asked.option(List.of("--run"), Option.Arity.ONE, "RUN", "of this run"));

    private final Terminal terminal;
    private final Path folder;
    private final Times times;
    private final Bookmark bookmark;

    public LogsCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    /** For a viewer elsewhere, who may have to take it up again where it follows a job. */
    public LogsCommand(
            Terminal terminal, Path folder, Map<String, String> environment, Bookmark bookmark) {
        this(terminal, folder, Times.ofHere(), bookmark);
    }

    LogsCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this(terminal, folder, times, Bookmark.NONE);
    }

    private LogsCommand(Terminal terminal, Path folder, Times times, Bookmark bookmark) {
        this.bookmark = bookmark;
        this.terminal = terminal;
        this.folder = folder;
        this.times = times;
    }

    private record Found(RunFolder run, RunView view, JobChoice.Chosen chosen) {
        JobView job() {
            return chosen.job();
        }
    }

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Prints what a job printed: its standard output and error, as they are.

        Usage: sluice logs JOB [OPTIONS]

        """
                + Asked.JOB_HELP
                + """

                Options
                  -f, --follow          goes on until the job ends
                      --attempt N       of this attempt (default: the newest)
                      --run RUN         of this run (default: the newest run that knows the job)
                """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        Found found = find(asked, asked.one("JOB"));
        AttemptView attempt = attempt(asked, found);
        boolean follow = asked.given().has("follow");
        if (asked.json()) {
            if (follow) {
                throw new UsageError("--json does not go with --follow");
            }
            json(found, attempt);
            return ExitCode.DONE;
        }
        boolean onlyThis = asked.given().last("attempt") != null;
        if (follow && !bookmark.after().isEmpty()) {
            return goOn(found, LogPosition.of(bookmark.after()), onlyThis);
        }
        say(found, attempt);
        if (follow) {
            return follow(found, attempt, 0, onlyThis);
        }
        LogTail log = LogTail.of(found.run(), attempt);
        if (log.copyTo(terminal.out()) == 0) {
            terminal.err()
                    .println("It printed nothing" + (attempt.state().isOpen() ? " so far." : "."));
        }
        return ExitCode.DONE;
    }

    private Found find(Asked asked, String word) {
        var choice = new JobChoice(asked.workdir(), folder, word);
        String wanted = asked.given().last("run");
        List<RunFolder> runs =
                wanted == null
                        ? RunChoice.all(asked.workdir()).reversed()
                        : List.of(RunChoice.of(asked.workdir(), wanted));
        RunView newest = null;
        for (RunFolder run : runs) {
            RunView view = RunView.of(run);
            newest = newest == null ? view : newest;
            JobChoice.Chosen chosen = choice.in(view);
            if (chosen != null) {
                return new Found(run, view, chosen);
            }
        }
        throw choice.unknown(
                newest == null ? new RunView() : newest,
                runs.size() == 1 ? "in run " + runs.getFirst().id() : "in any run");
    }

    private static AttemptView attempt(Asked asked, Found found) {
        String wanted = asked.given().last("attempt");
        Integer number =
                wanted == null
                        ? found.chosen().attempt()
                        : Integer.valueOf(Numbers.atLeast(1, "attempt", wanted));
        JobView job = found.job();
        AttemptView attempt = number == null ? job.lastAttempt() : job.attempt(number);
        if (attempt != null) {
            return attempt;
        }
        if (job.attempts().isEmpty()) {
            throw new UsageError(
                    JobChoice.selector(job) + " was never started: " + job.failure(),
                    "it has printed nothing");
        }
        throw new UsageError(
                JobChoice.selector(job) + " has no attempt " + number,
                "it has: "
                        + String.join(
                                ", ",
                                job.attempts().stream()
                                        .map(each -> String.valueOf(each.number()))
                                        .toList()));
    }

    /** What the bytes are, for whoever reads along; they themselves stay alone on the output. */
    private void say(Found found, AttemptView attempt) {
        JobView job = found.job();
        var text = new StringBuilder();
        text.append(job.title()).append(", attempt ").append(attempt.number());
        text.append(" of run ").append(found.run().id()).append(": ");
        text.append(JobWords.attempt(attempt.state()));
        if (attempt.state().isOpen()) {
            text.append(" for ").append(Times.span(attempt.durationMillis(times.now())));
        } else if (attempt.endedMillis() >= 0) {
            text.append(' ').append(times.at(attempt.endedMillis())).append(" after ");
            text.append(Times.span(attempt.durationMillis(times.now())));
        }
        if (!attempt.failure().isEmpty()) {
            text.append(" (").append(attempt.failure()).append(')');
        }
        terminal.err().println(text);
        if (!attempt.ruleLogs().isEmpty()) {
            terminal.err().println("The rule's own log: " + String.join(", ", attempt.ruleLogs()));
        }
        terminal.err().flush();
    }

    /** What was printed behind the position, by that attempt and later ones. */
    private int goOn(Found found, LogPosition after, boolean onlyThis) {
        AttemptView attempt = found.job().attempt(after.attempt());
        if (attempt == null) {
            throw new UsageError(
                    JobChoice.selector(found.job()) + " has no attempt " + after.attempt());
        }
        return follow(found, attempt, after.offset(), onlyThis);
    }

    private int follow(Found found, AttemptView attempt, long from, boolean onlyThis) {
        LogTail log = LogTail.of(found.run(), attempt).from(from);
        var follower =
                new LogFollower(
                        terminal,
                        found.run(),
                        found.job().key(),
                        attempt.number(),
                        log,
                        onlyThis,
                        bookmark);
        try {
            follower.follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }

    private void json(Found found, AttemptView attempt) {
        var text = new ByteArrayOutputStream();
        LogTail.of(found.run(), attempt).copyTo(text);
        new JsonLines(terminal.out())
                .line(
                        json -> {
                            json.writeStringField("run", found.run().id());
                            RunJson.job(json, found.job(), found.view().isCurrent(found.job()));
                            json.writeObjectFieldStart("attempt");
                            RunJson.attempt(json, attempt, times.now());
                            json.writeEndObject();
                            json.writeStringField("text", text.toString(StandardCharsets.UTF_8));
                        });
    }
}
