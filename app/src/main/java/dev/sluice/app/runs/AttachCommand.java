package dev.sluice.app.runs;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.OptionTable;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalTail;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunView;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code sluice attach}: follows a run to its end, and answers with its exit code. A viewer only:
 * the run does not notice it, and goes on without it.
 */
public final class AttachCommand {
    private static final OptionTable TABLE = Asked.table("attach");
    private static final long PAUSE_MILLIS = 100;

    /** As long as a holder on another machine may be silent. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final Terminal terminal;
    private final Path folder;
    private final Map<String, String> environment;
    private final Times times;
    private final Bookmark bookmark;

    public AttachCommand(Terminal terminal, Path folder, Map<String, String> environment) {
        this(terminal, folder, environment, Times.ofHere());
    }

    /** For a viewer elsewhere, who may have to take it up again. */
    public AttachCommand(
            Terminal terminal, Path folder, Map<String, String> environment, Bookmark bookmark) {
        this(terminal, folder, environment, Times.ofHere(), bookmark);
    }

    AttachCommand(Terminal terminal, Path folder, Map<String, String> environment, Times times) {
        this(terminal, folder, environment, times, Bookmark.NONE);
    }

    private AttachCommand(
            Terminal terminal,
            Path folder,
            Map<String, String> environment,
            Times times,
            Bookmark bookmark) {
        this.bookmark = bookmark;
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
        Follows a run to its end: what is made, what fails, what jobs print. Ctrl-C ends the looking
        only; the run goes on.

        Usage: sluice attach [RUN] [OPTIONS]

        RUN is the id of a run, the beginning of one, or `latest`; left out: the latest that runs.

        Exit codes are those of the run: 0 all is made, 1 something failed, or the run was stopped or
        broke off.

        Options
        """
                + Asked.COMMON_HELP;
    }

    public int run(List<String> words) {
        Asked asked = Asked.read(TABLE, folder, words);
        if (asked.help()) {
            terminal.out().print(help());
            return ExitCode.DONE;
        }
        RunFolder run = RunChoice.living(asked.workdir(), asked.only("run"));
        try {
            AttachPosition after = AttachPosition.of(bookmark.after());
            return asked.json() ? facts(run, after) : new Following(run, after).toTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.JOB_FAILED;
        }
    }

    private static int code(RunOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> ExitCode.DONE;
            case FAILED, STOPPED -> ExitCode.JOB_FAILED;
        };
    }

    /** The run ended, or nobody is at work on it: the code to answer, else -1. */
    private int over(RunFolder run, RunView view) {
        RunOutcome outcome = view.head().outcome();
        if (outcome != null) {
            return code(outcome);
        }
        return switch (RunStanding.of(run, view.head()).state()) {
            case RUNNING, ELSEWHERE, PLANNING -> -1;
            // Its last facts are not read yet.
            case SUCCEEDED, FAILED, STOPPED -> -1;
            case BROKEN_OFF -> {
                Messages.error(
                        terminal,
                        "run " + run.id() + " broke off: nobody is at work on it",
                        AskedFrom.quoted(AskedFrom.named("resume")) + " goes on with it");
                yield ExitCode.JOB_FAILED;
            }
        };
    }

    /** The facts so far, and then each as it comes. */
    private int facts(RunFolder run, AttachPosition after) throws InterruptedException {
        var json = new JsonLines(terminal.out());
        RunView[] view = {new RunView()};
        int[] code = {-1};
        var tail =
                new JournalTail(
                        run.journal(),
                        () -> {
                            view[0] = new RunView();
                            return entry -> {
                                view[0].apply(entry);
                                if (entry.offset() >= after.journal()) {
                                    json.line(out -> FactJson.write(out, entry));
                                }
                            };
                        });
        tail.follow(
                () -> {
                    terminal.flush();
                    bookmark.reached(() -> String.valueOf(tail.offset()));
                    code[0] = over(run, view[0]);
                    return code[0] >= 0;
                });
        return code[0];
    }

    private final class Following {
        private final RunFolder run;
        private final AttachText text;
        private final OpenLogs logs;
        private RunView view = new RunView();
        private boolean caughtUp;
        private boolean doubted;
        private volatile boolean over;

        /** Facts behind it are told, also before all is caught up with. */
        private AttachPosition after;

        Following(RunFolder run, AttachPosition after) {
            this.run = run;
            this.after = after;
            text = new AttachText(terminal.err(), Screen.ofErrors(terminal, environment));
            logs = new OpenLogs(run, text::output);
        }

        int toTheEnd() throws InterruptedException {
            var tail = new JournalTail(run.journal(), this::reader);
            while (tail.poll() > 0) {
                // All that happened before is told in short.
            }
            if (after.isStart()) {
                caughtUp = true;
                logs.beginNow(view);
                sayWhatHappened();
                mark(tail);
            } else {
                takeUp();
            }
            return bookmark.equals(Bookmark.NONE) ? untilSignal(tail) : follow(tail);
        }

        /** Whoever interrupts it is told that the run goes on. */
        private int untilSignal(JournalTail tail) throws InterruptedException {
            var hook = new Thread(this::interrupted, "detach on signal");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                return follow(tail);
            } finally {
                over = true;
                remove(hook);
            }
        }

        /** The position behind which nothing was told is passed: the logs go on from there. */
        private void takeUp() {
            if (!caughtUp) {
                caughtUp = true;
                logs.takeUp(view, after.logs());
                text.goOn(after.midLine());
            }
        }

        private void mark(JournalTail tail) {
            bookmark.reached(
                    () -> new AttachPosition(tail.offset(), logs.offsets(), text.midLine()).text());
        }

        private Consumer<Entry> reader() {
            if (view.head().lastMillis() > 0) {
                // Facts were taken back: what was told before cannot be told apart any more.
                after = AttachPosition.START;
            }
            view = new RunView();
            caughtUp = false;
            return this::take;
        }

        private void take(Entry entry) {
            if (!after.isStart() && entry.offset() >= after.journal()) {
                takeUp();
            }
            view.apply(entry);
            if (caughtUp) {
                // What a job printed comes before its end, and behind its start.
                if (entry.fact() instanceof Fact.JobFinished(_, _, var job)) {
                    logs.tell(job.key());
                } else if (entry.fact() instanceof Fact.JobFailed(_, _, var job)) {
                    logs.tell(job.job());
                } else if (entry.fact() instanceof Fact.AttemptHandedOver(_, _, var jobs)) {
                    jobs.forEach(job -> logs.follow(view.job(job.key())));
                }
                text.tell(entry, view);
            }
        }

        private int follow(JournalTail tail) throws InterruptedException {
            while (true) {
                boolean quiet = tail.poll() == 0;
                caughtUp = true;
                logs.tell();
                text.draw(view);
                mark(tail);
                int code = quiet ? over(run, view) : -1;
                sayDoubts(quiet);
                if (code >= 0) {
                    RunOutcome outcome = view.head().outcome();
                    if (outcome != null) {
                        text.ended(run.id(), view, outcome);
                    }
                    return code;
                }
                if (quiet) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }

        private void sayWhatHappened() {
            RunStanding standing = RunStanding.of(run, view.head());
            var screen = new Screen(false, terminal.colour(), Integer.MAX_VALUE);
            new StatusText(screen, times, run, view, standing)
                    .soFar()
                    .forEach(terminal.err()::println);
            terminal.err().println();
            terminal.err().flush();
        }

        /** Once: nobody here can see whether anything is still to come. */
        private void sayDoubts(boolean quiet) {
            if (!quiet || doubted || times.now() - view.head().lastMillis() < PATIENCE_MILLIS) {
                return;
            }
            RunStanding standing = RunStanding.of(run, view.head());
            if (standing.state() == RunStanding.State.PLANNING) {
                doubted = true;
                text.above(
                        AskedFrom.now().atWork()
                                ? "There is no plan yet."
                                : "There is no plan yet: it plans, or broke off while it did.");
            } else if (standing.state() == RunStanding.State.ELSEWHERE
                    && times.now() - standing.renewedMillis() > PATIENCE_MILLIS) {
                doubted = true;
                text.above(
                        standing.holder()
                                + " was last heard of "
                                + times.ago(standing.renewedMillis())
                                + ": "
                                + AskedFrom.quoted(AskedFrom.named("resume"))
                                + " finds out whether it lives.");
            }
        }

        private static void remove(Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException stopping) {
                // It is at work, and finds that all is over.
            }
        }

        private void interrupted() {
            if (!over) {
                terminal.err().println();
                terminal.err()
                        .println(
                                "The run goes on; `sluice attach "
                                        + run.id()
                                        + "` follows it again, `sluice cancel` stops it.");
                terminal.err().flush();
            }
        }
    }
}
