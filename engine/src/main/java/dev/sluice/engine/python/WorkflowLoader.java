package dev.sluice.engine.python;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.ResourceOptions;
import dev.sluice.engine.rules.RuleChecks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Loads a workflow: starts the helper, lets it run the Snakefile, and reads the rules that it
 * reports.
 */
public final class WorkflowLoader {
    /** User code may take its time; that the helper greets must not. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LoadSettings settings;
    private final Path snakefile;
    private final Sources sources;
    private final LoadQuestions questions;

    private final Duration patience;

    private WorkflowLoader(
            LoadSettings settings, Path snakefile, HelperLog log, Duration patience) {
        this.patience = patience;
        this.settings = settings;
        this.snakefile = snakefile;
        this.sources = new Sources(settings.workdir());
        this.questions = new LoadQuestions(sources, log);
    }

    /** Never throws for what a user can get wrong. */
    public static Loaded load(LoadSettings settings, Path snakefile, HelperLog log) {
        return load(settings, snakefile, log, PATIENCE);
    }

    static Loaded load(LoadSettings settings, Path snakefile, HelperLog log, Duration patience) {
        return new WorkflowLoader(settings, snakefile, log, patience).load();
    }

    private Loaded load() {
        FutureTask<HelperProcess> start = startHelper();
        try {
            // Errors of the language need no Python.
            if (sources.compile(snakefile.toString()).program() == null) {
                return withoutHelper(start, null);
            }
        } catch (Sources.Unreadable e) {
            LoadCode code = e.missing() ? LoadCode.NO_SNAKEFILE : LoadCode.UNREADABLE_FILE;
            return withoutHelper(start, Diagnostic.of(code, e.text(), new Location.Nowhere()));
        }
        HelperProcess process = started(start);
        if (process == null) {
            return failed(noPython());
        }
        PythonHelper helper = new PythonHelper(process, questions, sources::runBlock);
        Diagnostic refusal = greet(process, helper);
        return refusal == null ? load(helper) : closed(helper, refusal);
    }

    /** Python takes longer to start than we to read the Snakefile: both at once. */
    private FutureTask<HelperProcess> startHelper() {
        FutureTask<HelperProcess> start = new FutureTask<>(() -> HelperProcess.start(settings));
        Thread.ofPlatform().daemon().name("helper-start").start(start);
        return start;
    }

    private static @Nullable HelperProcess started(FutureTask<HelperProcess> start) {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return null;
            }
            throw new IllegalStateException("the start of the helper failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Loaded withoutHelper(FutureTask<HelperProcess> start, @Nullable Diagnostic why) {
        HelperProcess process = started(start);
        if (process != null) {
            process.kill();
        }
        return failed(why);
    }

    private Diagnostic noPython() {
        String message =
                settings.workdir().toFile().isDirectory()
                        ? "cannot start the Python `" + settings.python() + "`"
                        : "the working folder " + settings.workdir() + " does not exist";
        return Diagnostic.of(LoadCode.NO_PYTHON, message, new Location.Nowhere())
                .withHint(
                        "Snakefiles are Python: install Python 3.9 or later, or name one with"
                                + " --python or SLUICE_PYTHON");
    }

    /** What stands in the way once the process runs, or null. */
    private @Nullable Diagnostic greet(HelperProcess process, PythonHelper helper) {
        Conversation.Result<Hello> result;
        boolean hung;
        try (HelperProcess.Guard guard = process.guard(patience)) {
            result = helper.hello(settings);
            hung = guard.fired();
        }
        Hello hello = result.answer();
        if (hello != null) {
            return refusal(hello);
        }
        if (hung) {
            String message =
                    "the Python `"
                            + settings.python()
                            + "` did not answer within "
                            + patience.toSeconds()
                            + " seconds";
            return Diagnostic.of(LoadCode.HELPER_ENDED, message, new Location.Nowhere());
        }
        String version = PythonVersion.of(settings.python());
        if (PythonVersion.isTooOld(version)) {
            return tooOld(version);
        }
        return diagnose(result.error());
    }

    private @Nullable Diagnostic refusal(Hello hello) {
        if (PythonVersion.isTooOld(hello.python())) {
            return tooOld(hello.python());
        }
        if (hello.protocol() != Hello.PROTOCOL) {
            String message =
                    "the helper speaks protocol " + hello.protocol() + ", not " + Hello.PROTOCOL;
            return Diagnostic.of(LoadCode.HELPER_ENDED, message, new Location.Nowhere())
                    .withHint(
                            "the installation holds parts of different versions; install it anew");
        }
        return null;
    }

    private Diagnostic tooOld(String version) {
        String message = "`" + settings.python() + "` is Python " + version + ", which is too old";
        return Diagnostic.of(LoadCode.OLD_PYTHON, message, new Location.Nowhere())
                .withHint("name a Python 3.9 or later with --python or SLUICE_PYTHON");
    }

    private Loaded load(PythonHelper helper) {
        Conversation.Result<RuleBookReader.Report> result = helper.load(snakefile);
        RuleBookReader.Report report = result.answer();
        if (report == null) {
            PythonError error = result.error();
            boolean diagnosed = error != null && error.kind().equals("diagnosed");
            return closed(helper, diagnosed ? null : diagnose(error));
        }
        List<Diagnostic> diagnostics = said();
        diagnostics.addAll(RuleChecks.of(report.book(), new SnakefilePlaces(sources)));
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            helper.close();
            return new Loaded(null, null, ResourceOptions.NONE, diagnostics, sources);
        }
        return new Loaded(report.book(), helper, report.resourceOptions(), diagnostics, sources);
    }

    private Diagnostic diagnose(@Nullable PythonError error) {
        return new ErrorDiagnosis(sources)
                .of(
                        error == null
                                ? PythonError.of("shutdown", "", "the helper gave no answer")
                                : error);
    }

    private Loaded closed(PythonHelper helper, @Nullable Diagnostic diagnostic) {
        helper.close();
        return failed(diagnostic);
    }

    private Loaded failed(@Nullable Diagnostic diagnostic) {
        List<Diagnostic> all = said();
        if (diagnostic != null) {
            all.add(diagnostic);
        }
        return new Loaded(null, null, ResourceOptions.NONE, all, sources);
    }

    private List<Diagnostic> said() {
        List<Diagnostic> all = new ArrayList<>(sources.diagnostics());
        all.addAll(questions.diagnostics());
        return all;
    }
}
