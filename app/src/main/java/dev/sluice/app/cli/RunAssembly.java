package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.show.LiveProgress;
import dev.sluice.app.show.RunText;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.python.LoadSettings;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunParts;
import dev.sluice.engine.run.RunSettings;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.SchedulerSettings;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts the engine's parts together for a run on this machine. Starts nothing. */
final class RunAssembly {
    private final Terminal terminal;
    private final Workflow workflow;
    private final RunOptions options;
    private final Arguments given;
    private final List<String> words;
    private final RunRecord record;
    private final PastOutputs past;
    private final Surroundings around;

    /**
     * @param words the command line, for the workflow's Python
     */
    RunAssembly(
            Terminal terminal,
            Workflow workflow,
            List<String> words,
            RunRecord record,
            PastOutputs past,
            Surroundings around) {
        this.around = around;
        this.terminal = terminal;
        this.workflow = workflow;
        this.options = workflow.options();
        this.given = options.given();
        this.words = words;
        this.record = record;
        this.past = past;
    }

    /**
     * @param log the text log, also named to hooks
     * @param logText where it is written
     */
    RunLoop loop(Workflow.Drawn drawn, @Nullable Hold hold, Path log, PrintStream logText) {
        return new RunLoop(settings(log), parts(drawn, hold, listeners(logText)));
    }

    private RunSettings settings(Path log) {
        String shadow = given.last("shadow-prefix");
        return new RunSettings(
                        SchedulerSettings.of(limits(), given.has("keep-going")),
                        options.retries(),
                        Duration.ofMillis((long) (options.latencySeconds() * 1000)),
                        given.has("keep-incomplete"),
                        options.touch(),
                        shadow == null ? null : workflow.folder().resolve(shadow),
                        given.has("benchmark-extended"),
                        !given.has("no-hooks") && !options.touch(),
                        log)
                .withScriptsKept(given.has("skip-script-cleanup"))
                .withProvenanceKept(!given.has("drop-metadata"))
                .withFailedRetried(!options.leavesFailed());
    }

    private Limits limits() {
        return new Limits(options.jobs(), options.cores(), workflow.requests().limits());
    }

    private RunParts parts(Workflow.Drawn drawn, @Nullable Hold hold, List<RunListener> listeners) {
        return new RunParts(
                workflow.book(),
                drawn.request(),
                drawn.plan(),
                drawn.planner()::checkpointsFinished,
                workflow.helper(),
                drawn.files(),
                past,
                record.folder(),
                record.journal(),
                record.isResumed(),
                hold,
                this::executor,
                this::hook,
                listeners,
                around.measures());
    }

    private Executor executor(Executor.Listener listener) {
        LoadSettings loading = workflow.requests().load(words);
        Path pythonDir = loading.pythonDir();
        String python = loading.python();
        return around.executor(
                new LocalSettings(
                        workflow.folder(),
                        record.folder().path(),
                        pythonDir,
                        python,
                        () -> runServer(pythonDir, python)),
                listener);
    }

    /**
     * How a fresh Python starts that knows the workflow; asked when the first {@code run:} block is
     * to start.
     */
    private List<String> runServer(Path pythonDir, String python) {
        Path bundle = record.folder().path().resolve("workflow.json");
        Path written = bundle.resolveSibling("workflow.json.new");
        PythonError error = workflow.helper().bundle(written);
        if (error == null) {
            place(written, bundle);
        } else {
            workflow.show(error);
        }
        return List.of(
                python,
                pythonDir.resolve("sluice_helper").toString(),
                "--run-server",
                bundle.toString());
    }

    /** A run server of an earlier life may be reading the old one. */
    private static void place(Path written, Path bundle) {
        try {
            Files.move(written, bundle, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String hook(String name, String log) {
        PythonError error = workflow.helper().hook(name, log);
        return error == null ? null : error.text();
    }

    private List<RunListener> listeners(PrintStream logText) {
        var listeners = new ArrayList<RunListener>();
        listeners.add(new RunText(logText, RunText.Detail.LOG_FILE));
        boolean commands = given.has("printshellcmds");
        if (terminal.live() && !options.silent("progress") && !given.has("verbose")) {
            listeners.add(
                    new LiveProgress(
                            terminal.err(),
                            new LiveProgress.Style(terminal.colour(), columns(), commands),
                            System::nanoTime));
        } else {
            listeners.add(
                    new RunText(
                            terminal.err(),
                            new RunText.Detail(
                                    !options.silent("progress"),
                                    !options.silent("rules"),
                                    !options.silent("reason"),
                                    commands,
                                    true)));
        }
        if (given.has("show-failed-logs")) {
            listeners.add(new FailedLogs(terminal, workflow.folder()));
        }
        return listeners;
    }

    private int columns() {
        String columns = options.environment().getOrDefault("COLUMNS", "80");
        try {
            return Math.max(40, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return 80;
        }
    }
}
