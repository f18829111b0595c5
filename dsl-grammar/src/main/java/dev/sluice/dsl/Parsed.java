package dev.sluice.dsl;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.source.SourceFile;

import java.util.List;

/**
 * A tree together with what is to be said about its text, in the order of the text. The tree is
 * always there; only when there is no error may a program be made of it and run.
 */
public record Parsed<T>(SourceFile source, T tree, List<Diagnostic> diagnostics) {
    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
