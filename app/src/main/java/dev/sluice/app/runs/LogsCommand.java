package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

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
    private static final long PAUSE_MILLIS = 100;

    private static final OptionTable TABLE =
            Asked.table(
                    "logs",
                    Asked.option(
                            List.of("--follow", "-f"),
                            Option.Arity.SWITCH,
                            "",
                            "goes on until the job ends"),
                    Asked.option(
                            List.of("--attempt"), Option.Arity.ONE, "N", "of this attempt"),
                    Asked.option(List.of("--run"), Option.Arity.ONE, "RUN", "of this run"));

    private final Terminal terminal;
    private final Path folder;
    private final Times times;

    public LogsCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    LogsCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this.terminal = terminal;
        this.folder = folder;
        this.times = times;
    }

    private record Found(RunFolder run, RunView view, JobChoice.Chosen chosen) {
        JobView job() {
            return chosen.job();
        }
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
        say(found, attempt);
        if (follow) {
            return follow(found, attempt, asked.given().last("attempt") != null);
        }
        LogTail log = new LogTail(log(found.run(), attempt));
        if (log.copyTo(terminal.out()) == 0) {
            terminal.err().println("It printed nothing" + (isOpen(attempt) ? " so far." : "."));
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
        text.append(JobWords.state(attempt.state()));
        if (isOpen(attempt)) {
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
            terminal.err()
                    .println("The rule's own log: " + String.join(", ", attempt.ruleLogs()));
        }
        terminal.err().flush();
    }

    private int follow(Found found, AttemptView begun, boolean onlyThis) {
        RunView[] view = {new RunView()};
        var tail =
                new JournalTail(
                        found.run().journal(),
                        () -> {
                            view[0] = new RunView();
                            return view[0]::apply;
                        });
        int number = begun.number();
        var log = new LogTail(log(found.run(), begun));
        try {
            while (true) {
                tail.poll();
                JobView job = view[0].job(found.job().key());
                AttemptView attempt = job == null ? null : job.attempt(number);
                RunStanding standing = RunStanding.of(found.run(), view[0].head());
                boolean over = attempt != null && !isOpen(attempt);
                boolean copied = log.copyTo(terminal.out()) > 0;
                terminal.out().flush();
                AttemptView next = job == null ? null : job.lastAttempt();
                if (!onlyThis && next != null && next.number() > number) {
                    number = next.number();
                    log = new LogTail(log(found.run(), next));
                    terminal.err().println("-- attempt " + number);
                    terminal.err().flush();
                } else if (over && !copied && !comesAgain(attempt, onlyThis, standing)) {
                    terminal.err().println("-- " + JobWords.state(attempt.state()));
                    return ExitCode.DONE;
                } else if (attempt != null && !copied && !standing.mayGoOn()) {
                    terminal.err()
                            .println(
                                    "-- run "
                                            + found.run().id()
                                            + " is "
                                            + standing.state().word()
                                            + ": nobody looks after the job");
                    return ExitCode.DONE;
                } else if (!copied) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
    }

    private static boolean comesAgain(
            AttemptView attempt, boolean onlyThis, RunStanding standing) {
        return attempt.state() == JobState.AGAIN && !onlyThis && standing.mayGoOn();
    }

    private void json(Found found, AttemptView attempt) {
        var text = new ByteArrayOutputStream();
        new LogTail(log(found.run(), attempt)).copyTo(text);
        new JsonLines(terminal.out())
                .line(
                        json -> {
                            json.writeStringField("run", found.run().id());
                            RunJson.job(
                                    json, found.job(), found.view().isCurrent(found.job()));
                            json.writeObjectFieldStart("attempt");
                            RunJson.attempt(json, attempt, times.now());
                            json.writeEndObject();
                            json.writeStringField("text", text.toString(StandardCharsets.UTF_8));
                        });
    }

    private static boolean isOpen(@Nullable AttemptView attempt) {
        return attempt != null && attempt.state().isOpen();
    }

    /** Facts name it relative to the working folder; those of version 1 only once it is over. */
    private static Path log(RunFolder run, AttemptView attempt) {
        return attempt.log().isEmpty()
                ? run.logs().resolve(attempt.name())
                : run.workdir().resolve(attempt.log());
    }
}
