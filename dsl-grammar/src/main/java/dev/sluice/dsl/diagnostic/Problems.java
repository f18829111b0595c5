package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.diagnostic.Location.InText;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Collects the diagnostics of one file while it is read; owned by one parse. */
public final class Problems {
    private final SourceFile source;
    private final List<Diagnostic> found = new ArrayList<>();

    public Problems(SourceFile source) {
        this.source = source;
    }

    public void add(DiagnosticCode code, String message, Span span, @Nullable String hint) {
        found.add(Diagnostic.at(code, message, source, span).withHint(hint));
    }

    /** Adds a diagnostic that also shows a second place of the same file. */
    public void add(
            DiagnosticCode code,
            String message,
            Span span,
            String note,
            Span other,
            @Nullable String hint) {
        var second = new Note(note, new InText(source, other));
        found.add(
                Diagnostic.at(code, message, source, span)
                        .withNotes(List.of(second))
                        .withHint(hint));
    }

    /** Whether an error within a span was added; then what follows from it need not be said. */
    public boolean hasErrorIn(Span span) {
        return found.stream()
                .filter(Diagnostic::isError)
                .map(Problems::startOf)
                .anyMatch(start -> span.start() <= start && start <= span.end());
    }

    /** What was found, in the order of the text; equal places keep the order of finding. */
    public List<Diagnostic> inOrder() {
        var sorted = new ArrayList<>(found);
        sorted.sort((left, right) -> Integer.compare(startOf(left), startOf(right)));
        return List.copyOf(sorted);
    }

    private static int startOf(Diagnostic diagnostic) {
        return diagnostic.location() instanceof InText place ? place.span().start() : 0;
    }
}
