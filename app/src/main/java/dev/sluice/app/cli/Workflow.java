package dev.sluice.app.cli;

import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.show.Diagnosis;
import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.DiagnosticRenderer;
import dev.sluice.dsl.diagnostic.Severity;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.files.DiskFiles;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.python.Loaded;
import dev.sluice.engine.python.PythonHelper;
import dev.sluice.engine.python.WorkflowLoader;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A workflow that is loaded, and what it takes to plan it. Prints every diagnostic on the way; what
 * fails comes back as null, so that the caller has only an exit code to give.
 */
final class Workflow implements AutoCloseable {
    private final Terminal terminal;
    private final RunOptions options;
    private final Requests requests;
    private final Loaded loaded;
    private final RuleBook book;
    private final PythonHelper helper;
    private final Path folder;

    private Workflow(Terminal terminal, RunOptions options, Requests requests, Loaded loaded) {
        this.terminal = terminal;
        this.options = options;
        this.requests = requests;
        this.loaded = loaded;
        this.book = Objects.requireNonNull(loaded.book());
        this.helper = Objects.requireNonNull(loaded.helper());
        String chosen = book.workdir();
        this.folder = chosen == null ? options.workdir() : Path.of(chosen);
    }

    /** Loads the Snakefile, which prints to our standard error. */
    static @Nullable Workflow load(
            Terminal terminal, RunOptions options, Path snakefile, List<String> words)
            throws IOException {
        return load(terminal, options, snakefile, words, null);
    }

    /**
     * Loads the Snakefile; null when that failed and was said.
     *
     * @param printed where what it prints is appended
     */
    static @Nullable Workflow load(
            Terminal terminal,
            RunOptions options,
            Path snakefile,
            List<String> words,
            @Nullable Path printed)
            throws IOException {
        makeFolder(options.workdir());
        var requests = new Requests(options);
        Loaded loaded =
                WorkflowLoader.load(
                        requests.load(words).withPrinted(printed),
                        snakefile,
                        (level, message) -> say(terminal, options, level, message));
        show(terminal, loaded.diagnostics());
        if (!loaded.succeeded()) {
            loaded.close();
            return null;
        }
        return new Workflow(terminal, options, requests, loaded);
    }

    /** As Snakemake does, also for a dry-run: the Snakefile may read its working folder. */
    static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new UsageError("the working folder `" + folder + "` is a file");
        }
    }

    RuleBook book() {
        return book;
    }

    PythonHelper helper() {
        return helper;
    }

    Requests requests() {
        return requests;
    }

    RunOptions options() {
        return options;
    }

    /** Where paths of the workflow start: {@code -d}, or what {@code workdir:} says. */
    Path folder() {
        return folder;
    }

    PlanRequest request() {
        return requests.plan(loaded.resourceOptions());
    }

    DiskFiles files() {
        return new DiskFiles(folder);
    }

    /** A planner and its plan. */
    record Drawn(Planner planner, Plan plan, PlanRequest request, DiskFiles files) {}

    /** Plans; null when that failed and was said. */
    @Nullable Drawn plan(PastOutputs past) {
        return plan(past, Takeover.Made.NOTHING);
    }

    /** The same for a run that has made something already. */
    @Nullable Drawn plan(PastOutputs past, Takeover.Made before) {
        PlanRequest plain = request();
        PlanRequest request =
                plain.withForcing(plain.forcing().resumed(before.outputs(), before.jobs()));
        DiskFiles files = files();
        var planner = new Planner(book, request, helper, files, past);
        return switch (planner.plan()) {
            case Planned.Made made -> {
                made.warnings().forEach(problem -> show(problem, Severity.WARNING));
                yield new Drawn(planner, made.plan(), request, files);
            }
            case Planned.Refused refused -> {
                refused.problems().forEach(problem -> show(problem, Severity.ERROR));
                yield null;
            }
        };
    }

    void show(Problem problem, Severity severity) {
        show(terminal, List.of(new Diagnosis(loaded).of(problem, severity)));
    }

    void show(PythonError error) {
        show(terminal, List.of(loaded.diagnose(error)));
    }

    private static void show(Terminal terminal, List<Diagnostic> diagnostics) {
        DiagnosticRenderer renderer = terminal.renderer();
        for (Diagnostic diagnostic : diagnostics) {
            terminal.err().print(renderer.render(diagnostic));
        }
        terminal.err().flush();
    }

    private static void say(Terminal terminal, RunOptions options, String level, String message) {
        boolean shown =
                switch (level) {
                    case "debug" -> options.given().has("verbose");
                    case "info" -> !options.silent("all");
                    default -> true;
                };
        if (shown) {
            terminal.err().println(message);
            terminal.err().flush();
        }
    }

    @Override
    public void close() {
        loaded.close();
    }
}
