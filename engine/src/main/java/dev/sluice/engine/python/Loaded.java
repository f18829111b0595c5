package dev.sluice.engine.python;

import dev.sluice.dsl.Parsed;
import dev.sluice.dsl.ast.Snakefile;
import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.Places;
import dev.sluice.engine.rules.ResourceOptions;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * What loading a workflow led to. Where the book is null there are errors among the diagnostics,
 * and the helper is closed already; else the helper is open and the caller's to close.
 */
public final class Loaded implements AutoCloseable {
    private final @Nullable RuleBook book;
    private final @Nullable PythonHelper helper;
    private final ResourceOptions resourceOptions;
    private final List<Diagnostic> diagnostics;
    private final Sources sources;

    Loaded(
            @Nullable RuleBook book,
            @Nullable PythonHelper helper,
            ResourceOptions resourceOptions,
            List<Diagnostic> diagnostics,
            Sources sources) {
        this.book = book;
        this.helper = helper;
        this.resourceOptions = resourceOptions;
        this.diagnostics = List.copyOf(diagnostics);
        this.sources = sources;
    }

    public @Nullable RuleBook book() {
        return book;
    }

    public @Nullable PythonHelper helper() {
        return helper;
    }

    public ResourceOptions resourceOptions() {
        return resourceOptions;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Whether there is a book to work with. */
    public boolean succeeded() {
        return book != null && helper != null;
    }

    /** An error of an answer, shown where the user wrote what led to it. */
    public Diagnostic diagnose(PythonError error) {
        return new ErrorDiagnosis(sources).of(error);
    }

    /** Where the rules' parts were written. */
    public Places places() {
        return new SnakefilePlaces(sources);
    }

    /** The tree of a Snakefile, by the path that rules name. */
    public Optional<Parsed<Snakefile>> snakefile(String path) {
        return sources.find(path);
    }

    /** A line of a Snakefile or of any other file of the workflow. */
    public Location locate(String path, int line) {
        return sources.locate(path, line, -1, -1);
    }

    @Override
    public void close() {
        if (helper != null) {
            helper.close();
        }
    }
}
