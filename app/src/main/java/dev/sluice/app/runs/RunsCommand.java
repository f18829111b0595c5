package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.JournalUnreadable;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.Life;
import dev.sluice.engine.view.RunCounts;
import dev.sluice.engine.view.RunHead;
import dev.sluice.engine.view.RunStanding;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sluice runs}: the runs of a working folder, the newest first. Only reads. */
public final class RunsCommand {
    private static final int USUAL = 20;
    private static final String QUEUED = "queued";
    private static final String UNREADABLE = "unreadable";

    /** On a narrower terminal, how long ago has to be enough. */
    private static final int ROOMY = 110;

    private static final OptionTable TABLE =
            Asked.table(
                    "runs",
                    Asked.option(
                            List.of("--number", "-n"),
                            Option.Arity.ONE,
                            "N",
                            "how many, 0 for all; default: 20"));

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Times times;

    public RunsCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    RunsCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.times = times;
    }

    private record Line(
            RunFolder run,
            RunHead head,
            RunCounts counts,
            @Nullable RunStanding standing,
            String state) {}

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Lists the runs of a working folder, the newest first.

        Usage: sluice runs [OPTIONS]

        Options
          -n, --number N        how many, 0 for all (default: 20)
        """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        if (!asked.given().targets().isEmpty()) {
            throw new UsageError(
                    "`sluice runs` takes no words, only options",
                    "`sluice status " + asked.given().targets().getFirst() + "` shows one run");
        }
        List<RunFolder> runs = RunChoice.known(asked.workdir());
        if (runs.isEmpty()) {
            terminal.err()
                    .println(
                            "There are no runs in "
                                    + asked.workdir()
                                    + "; "
                                    + RunChoice.elsewhere(asked.workdir())
                                    + ".");
            return ExitCode.DONE;
        }
        return list(asked, runs);
    }

    /**
     * Lists runs of whichever folders instead of those of one; a run that has no journal yet is
     * queued.
     *
     * @param runs the oldest first
     * @param words options of {@code runs}
     */
    public int list(List<RunFolder> runs, List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (runs.isEmpty() && !asked.json()) {
            terminal.err().println("There are no runs.");
            return ExitCode.DONE;
        }
        return list(asked, runs);
    }

    private int list(Asked asked, List<RunFolder> runs) {
        int wanted = Numbers.atLeast(0, "number", asked.given().last("number", "" + USUAL));
        int shown = wanted == 0 ? runs.size() : Math.min(wanted, runs.size());
        List<Line> lines = runs.reversed().subList(0, shown).stream().map(this::look).toList();
        if (asked.json()) {
            json(lines);
        } else {
            text(lines, runs.size() - shown);
        }
        return ExitCode.DONE;
    }

    private Line look(RunFolder run) {
        var head = new RunHead();
        var counts = new RunCounts();
        if (!Files.exists(run.journal())) {
            return new Line(run, head, counts, null, QUEUED);
        }
        try {
            JournalReader.read(
                    run.journal(),
                    0,
                    entry -> {
                        head.apply(entry);
                        counts.apply(entry.fact());
                    });
            RunStanding standing = RunStanding.of(run, head);
            return new Line(run, head, counts, standing, standing.state().word());
        } catch (JournalUnreadable | UncheckedIOException e) {
            Messages.warning(
                    terminal, "run " + run.id() + " cannot be read whole: " + e.getMessage());
            return new Line(run, head, counts, null, UNREADABLE);
        }
    }

    private void json(List<Line> lines) {
        var json = new JsonLines(terminal.out());
        for (Line line : lines) {
            RunStanding standing = line.standing();
            if (standing == null) {
                json.line(
                        out -> {
                            out.writeStringField("run", line.run().id());
                            out.writeStringField("state", line.state());
                        });
            } else {
                json.line(
                        out ->
                                RunJson.run(
                                        out,
                                        line.run(),
                                        line.head(),
                                        line.counts(),
                                        standing,
                                        times.now()));
            }
        }
    }

    private void text(List<Line> lines, int older) {
        Screen screen = Screen.of(terminal, environment);
        boolean roomy = screen.columns() >= ROOMY;
        var table =
                new Table()
                        .row(
                                "RUN",
                                "STATE",
                                roomy ? "STARTED" : "",
                                roomy ? "" : "STARTED",
                                "TOOK",
                                "DONE",
                                "FAILED",
                                "COMMAND");
        for (Line line : lines) {
            row(table, line, roomy);
        }
        List<String> rows = table.lines("", screen);
        terminal.out().println(screen.bold(rows.getFirst()));
        for (int i = 0; i < lines.size(); i++) {
            terminal.out().println(painted(screen, rows.get(i + 1), lines.get(i)));
        }
        if (older > 0) {
            terminal.out().println("… and " + older + " older (-n 0 lists all)");
        }
    }

    private void row(Table table, Line line, boolean roomy) {
        RunHead head = line.head();
        RunStanding standing = line.standing();
        String state = line.state();
        Life first = head.lives().isEmpty() ? null : head.lives().getFirst();
        if (first == null) {
            table.row(line.run().id(), state);
            return;
        }
        int failures = line.counts().failures();
        table.row(
                line.run().id(),
                state,
                roomy ? times.at(first.millis()) : "",
                times.ago(first.millis()),
                standing == null ? "" : Times.span(RunLength.millis(head, standing, times.now())),
                line.counts().done() + "/" + line.counts().total(),
                failures == 0 ? "" : String.valueOf(failures),
                Commands.line(first.argv()));
    }

    private static String painted(Screen screen, String row, Line line) {
        RunStanding standing = line.standing();
        if (standing == null) {
            return line.state().equals(QUEUED) ? row : screen.red(row);
        }
        return switch (standing.state()) {
            case RUNNING, ELSEWHERE, PLANNING -> screen.green(row);
            case BROKEN_OFF -> screen.yellow(row);
            case FAILED -> screen.red(row);
            case SUCCEEDED, STOPPED -> row;
        };
    }
}
