package dev.sluice.app.cli;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Messages;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.show.LiveProgress;
import dev.sluice.app.show.PlanText;
import dev.sluice.app.show.RunText;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.HeldElsewhere;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.python.LoadSettings;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunParts;
import dev.sluice.engine.run.RunSettings;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.SchedulerSettings;
import dev.sluice.executor.local.Leftovers;
import dev.sluice.executor.local.LocalExecutor;
import dev.sluice.executor.local.LocalSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run on this machine: puts the engine's parts together, lets it run, and says how it ended. */
final class RealRun {
    private static final DateTimeFormatter LOG_NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss.SSSSSS", Locale.ROOT);

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final Workflow workflow;
    private final RunOptions options;
    private final Arguments given;
    private final List<String> words;
    private final RunRecord record;

    RealRun(Terminal terminal, Workflow workflow, List<String> words, RunRecord record) {
        this.terminal = terminal;
        this.workflow = workflow;
        this.options = workflow.options();
        this.given = options.given();
        this.words = words;
        this.record = record;
    }

    int run() throws IOException {
        FilesAwaited.await(options, workflow.folder());
        Provenance past = Provenance.load(workflow.folder());
        past.troubles().forEach(trouble -> Messages.warning(terminal, trouble));
        Workflow.Drawn drawn = workflow.plan(past);
        if (drawn == null) {
            return ExitCode.BAD_INPUT;
        }
        if (drawn.plan().count() == 0) {
            if (!options.silent("progress")) {
                terminal.err().println(PlanText.UP_TO_DATE);
            }
            return ExitCode.DONE;
        }
        record.keep();
        try {
            return hold(drawn);
        } finally {
            past.catchUp();
            past.saveIfMuchIsNew();
        }
    }

    private int hold(Workflow.Drawn drawn) throws IOException {
        stopLeftovers(outputs(drawn.plan()));
        if (given.has("nolock")) {
            return run(drawn, null);
        }
        try (Hold hold = Hold.take(record.folder(), outputs(drawn.plan()))) {
            return run(drawn, hold);
        } catch (HeldElsewhere e) {
            Messages.error(
                    terminal,
                    String.valueOf(e.getMessage()),
                    "wait for it, or make other targets; --nolock runs all the same");
            return ExitCode.HELD_ELSEWHERE;
        }
    }

    /** A run that was killed leaves jobs behind, which would write what is now made again. */
    private void stopLeftovers(List<String> outputs) {
        for (RunFolder dead : Hold.abandoned(workflow.folder(), outputs)) {
            new Leftovers(dead.path()).stop(GRACE);
        }
    }

    private int run(Workflow.Drawn drawn, @Nullable Hold hold) throws IOException {
        Path log = logFile();
        try (PrintStream logText =
                new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
            var loop = new RunLoop(settings(log), parts(drawn, hold, listeners(logText)));
            try (var _ = new StopOnSignal(terminal, loop, workflow.helper())) {
                RunOutcome outcome = loop.run();
                end(outcome, log);
                return outcome == RunOutcome.SUCCEEDED ? ExitCode.DONE : ExitCode.JOB_FAILED;
            }
        }
    }

    private void end(RunOutcome outcome, Path log) {
        if (options.silent("progress")) {
            return;
        }
        String shown = workflow.folder().relativize(log).toString();
        terminal.err()
                .println(
                        switch (outcome) {
                            case SUCCEEDED -> "Done. Complete log: " + shown;
                            case FAILED -> "Failed: see the errors above. Complete log: " + shown;
                            case STOPPED ->
                                    "Stopped. The same command goes on with the rest. Complete log:"
                                            + " "
                                            + shown;
                        });
        terminal.err().flush();
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
                .withProvenanceKept(!given.has("drop-metadata"));
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
                record.folder(),
                record.journal(),
                hold,
                this::executor,
                this::hook,
                listeners);
    }

    private Executor executor(Executor.Listener listener) {
        LoadSettings loading = workflow.requests().load(words);
        Path pythonDir = loading.pythonDir();
        String python = loading.python();
        return LocalExecutor.start(
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
        PythonError error = workflow.helper().bundle(bundle);
        if (error != null) {
            workflow.show(error);
        }
        return List.of(
                python,
                pythonDir.resolve("sluice_helper").toString(),
                "--run-server",
                bundle.toString());
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

    private Path logFile() throws IOException {
        Path folder = workflow.folder().resolve(".snakemake/log");
        Files.createDirectories(folder);
        return folder.resolve(
                LocalDateTime.now(ZoneId.systemDefault()).format(LOG_NAME) + ".snakemake.log");
    }

    private static List<String> outputs(Plan plan) {
        var outputs = new ArrayList<String>();
        plan.running().stream()
                .forEach(
                        job -> {
                            for (JobFile file : plan.job(job).output().items()) {
                                outputs.add(file.path());
                            }
                        });
        return outputs;
    }
}
