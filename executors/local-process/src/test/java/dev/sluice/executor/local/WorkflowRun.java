package dev.sluice.executor.local;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.files.DiskFiles;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.python.LoadSettings;
import dev.sluice.engine.python.Loaded;
import dev.sluice.engine.python.PythonHelper;
import dev.sluice.engine.python.WorkflowLoader;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.run.JobFailure;
import dev.sluice.engine.run.JobInfo;
import dev.sluice.engine.run.Progress;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.RunLoop;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.engine.run.RunParts;
import dev.sluice.engine.run.RunSettings;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.SchedulerSettings;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A small workflow that is really loaded, planned and run, and what was heard of it. */
final class WorkflowRun implements RunListener {
    private final Path workdir;
    private final Path python = Path.of(System.getProperty("sluice.python.dir"));
    final List<String> finished = new ArrayList<>();
    final List<JobFailure> failures = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final StringBuilder printed = new StringBuilder();
    private BiFunction<RunFolder, Executor, Executor> around = (folder, executor) -> executor;
    private Consumer<RunLoop> whenStarted = loop -> {};
    private Runnable whenFailed = () -> {};
    private RunMeasures measures = RunMeasures.NONE;
    private @Nullable RunFolder folder;
    private @Nullable RunLoop loop;

    WorkflowRun(Path workdir) {
        this.workdir = workdir;
    }

    WorkflowRun withSnakefile(String text) throws IOException {
        Files.writeString(workdir.resolve("Snakefile"), text);
        return this;
    }

    /** Done in the run's thread whenever a job starts. */
    WorkflowRun whenStarted(Consumer<RunLoop> action) {
        whenStarted = action;
        return this;
    }

    /** Done in the run's thread whenever a job failed. */
    WorkflowRun whenFailed(Runnable action) {
        whenFailed = action;
        return this;
    }

    WorkflowRun withMeasures(RunMeasures measured) {
        measures = measured;
        return this;
    }

    /** Of the run that was begun last. */
    RunFolder folder() {
        return Objects.requireNonNull(folder);
    }

    /** Stands between the run and its executor. */
    WorkflowRun withExecutor(BiFunction<RunFolder, Executor, Executor> wrapping) {
        around = wrapping;
        return this;
    }

    static RunSettings settings(int cores, Path workdir) {
        return new RunSettings(
                SchedulerSettings.of(Limits.cores(cores), false),
                0,
                Duration.ZERO,
                false,
                false,
                null,
                false,
                true,
                workdir.resolve("log"));
    }

    @Nullable RunOutcome run(String... targets) throws IOException {
        return run(settings(2, workdir), UnaryOperator.identity(), targets);
    }

    /** Null when there was nothing to do. */
    @Nullable RunOutcome run(
            RunSettings settings, UnaryOperator<PlanRequest> change, String... targets)
            throws IOException {
        LoadSettings load =
                new LoadSettings("python3", python, workdir, new java.util.LinkedHashMap<>())
                        .with("cores", new Value.Int(settings.scheduler().limits().cores()));
        try (Loaded loaded =
                WorkflowLoader.load(load, workdir.resolve("Snakefile"), (level, message) -> {})) {
            if (!loaded.succeeded()) {
                throw new IllegalStateException(loaded.diagnostics().toString());
            }
            return run(loaded, settings, change.apply(PlanRequest.of(List.of(targets))));
        }
    }

    private @Nullable RunOutcome run(Loaded loaded, RunSettings settings, PlanRequest request)
            throws IOException {
        RuleBook book = Objects.requireNonNull(loaded.book());
        PythonHelper helper = Objects.requireNonNull(loaded.helper());
        DiskFiles files = new DiskFiles(workdir);
        Provenance past = Provenance.load(workdir);
        Planner planner = new Planner(book, request, helper, files, past);
        Plan plan =
                switch (planner.plan()) {
                    case Planned.Made made -> made.plan();
                    case Planned.Refused refused ->
                            throw new IllegalStateException(refused.problems().toString());
                };
        if (plan.count() == 0) {
            return null;
        }
        RunFolder folder = RunFolder.create(workdir, Clock.systemUTC());
        this.folder = folder;
        try (Journal journal = Journal.create(folder.journal(), Clock.systemUTC())) {
            journal.append(
                    List.of(
                            new Fact.RunStarted(
                                    List.of(),
                                    workdir.toString(),
                                    "",
                                    "",
                                    "0",
                                    List.of(),
                                    Fact.Origin.UNKNOWN)));
            LocalSettings local =
                    new LocalSettings(
                            workdir,
                            folder.path(),
                            python,
                            "python3",
                            () -> server(helper, folder));
            RunParts parts =
                    new RunParts(
                            book,
                            request,
                            plan,
                            planner::checkpointsFinished,
                            helper,
                            files,
                            past,
                            folder,
                            journal,
                            false,
                            null,
                            listener -> around.apply(folder, LocalExecutor.start(local, listener)),
                            (name, log) -> {
                                var error = helper.hook(name, log);
                                return error == null ? null : error.text();
                            },
                            List.of(this),
                            measures);
            loop = new RunLoop(settings, parts);
            RunOutcome outcome = loop.run();
            past.catchUp();
            past.save();
            return outcome;
        }
    }

    private List<String> server(PythonHelper helper, RunFolder folder) {
        Path bundle = folder.path().resolve("bundle");
        var error = helper.bundle(bundle);
        if (error != null) {
            throw new IllegalStateException(error.text());
        }
        return List.of(
                "python3",
                python.resolve("sluice_helper").toString(),
                "--run-server",
                bundle.toString());
    }

    String read(String path) throws IOException {
        return Files.readString(workdir.resolve(path));
    }

    boolean exists(String path) {
        return Files.exists(workdir.resolve(path));
    }

    @Override
    public void jobStarted(JobInfo job) {
        if (loop != null) {
            whenStarted.accept(loop);
        }
    }

    @Override
    public void jobFinished(JobInfo job, Progress progress) {
        String wildcards = job.wildcards().text();
        finished.add(wildcards.isEmpty() ? job.rule() : job.rule() + " " + wildcards);
    }

    @Override
    public void jobFailed(JobInfo job, JobFailure failure) {
        failures.add(failure);
        whenFailed.run();
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void output(JobInfo job, byte[] text, int length) {
        printed.append(new String(text, 0, length, StandardCharsets.UTF_8));
    }
}
