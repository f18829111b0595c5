package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sluice status}: where one run stands, and what can be done next. Only reads. */
public final class StatusCommand {
    private static final long REDRAW_MILLIS = 1000;
    private static final String HOME_AND_CLEAR = "\033[H\033[J";

    private static final OptionTable TABLE =
            Asked.table(
                    "status",
                    Asked.option(
                            List.of("--watch", "-w"),
                            Option.Arity.SWITCH,
                            "",
                            "shown anew each second until it ends"),
                    Asked.option(
                            List.of("--jobs", "-j"),
                            Option.Arity.SWITCH,
                            "",
                            "lists every job that was started"));

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Times times;

    public StatusCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    StatusCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this.terminal = terminal;
        this.folder = folder;
        this.environment = environment;
        this.times = times;
    }

    /** Its options, for whoever reads its words elsewhere. */
    public static OptionTable options() {
        return TABLE;
    }

    public static String help() {
        return """
        Shows where a run stands: how far it is, what runs, what failed, and what can be done next.

        Usage: sluice status [RUN] [OPTIONS]

        """
                + Asked.RUN_HELP
                + """

                Options
                  -j, --jobs            lists every job that was started
                  -w, --watch           shown anew each second until the run ends (on a terminal)
                """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        RunFolder run = RunChoice.of(asked.workdir(), asked.only("run"));
        Screen screen = Screen.of(terminal, environment);
        if (asked.given().has("watch")) {
            if (!screen.live()) {
                throw new UsageError(
                        "--watch needs a terminal",
                        AskedFrom.quoted("attach") + " follows a run and prints lines");
            }
            return watch(asked, run, screen);
        }
        RunView view = RunView.of(run);
        RunStanding standing = RunStanding.of(run, view.head());
        if (asked.json()) {
            new JsonLines(terminal.out())
                    .line(
                            json -> {
                                RunJson.run(
                                        json,
                                        run,
                                        view.head(),
                                        view.counts(),
                                        standing,
                                        times.now());
                                RunJson.details(json, view, asked.given().has("jobs"), times.now());
                            });
        } else {
            print(asked, run, screen, view, standing);
        }
        return ExitCode.DONE;
    }

    private void print(
            Asked asked, RunFolder run, Screen screen, RunView view, RunStanding standing) {
        new StatusText(screen, times, run, view, standing)
                .lines(asked.given().has("jobs"), next(asked, run), asked.where())
                .forEach(terminal.out()::println);
    }

    /** What names this run in another command: nothing for the latest of a folder. */
    private static String next(Asked asked, RunFolder run) {
        boolean latest = RunChoice.all(asked.workdir()).getLast().equals(run);
        return latest && !AskedFrom.afar() ? "" : run.id();
    }

    private int watch(Asked asked, RunFolder run, Screen screen) {
        RunView[] view = {new RunView()};
        var tail =
                new JournalTail(
                        run.journal(),
                        () -> {
                            view[0] = new RunView();
                            return view[0]::apply;
                        });
        try {
            while (true) {
                while (tail.poll() > 0) {
                    // All that is there by now.
                }
                RunStanding standing = RunStanding.of(run, view[0].head());
                terminal.out().print(HOME_AND_CLEAR);
                print(asked, run, screen, view[0], standing);
                terminal.out().flush();
                if (!standing.mayGoOn()) {
                    return ExitCode.DONE;
                }
                Thread.sleep(REDRAW_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
    }
}
