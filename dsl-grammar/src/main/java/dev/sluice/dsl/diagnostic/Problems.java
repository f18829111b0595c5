package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.diagnostic.Location.InText;
import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Collects the diagnostics of one file while it is read; owned by one parse. */
public final class Problems {
    private final SourceFile source;
    private final List<Diagnostic> found = new ArrayList<>();
    private final NavigableSet<Integer> errorStarts = new TreeSet<>();

    public Problems(SourceFile source) {
        this.source = source;
    }

    public void add(DiagnosticCode code, String message, Span span, @Nullable String hint) {
        add(Diagnostic.at(code, message, source, span).withHint(hint), span);
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
        var diagnostic = Diagnostic.at(code, message, source, span).withNotes(List.of(second));
        add(diagnostic.withHint(hint), span);
    }

    private void add(Diagnostic diagnostic, Span span) {
        found.add(diagnostic);
        if (diagnostic.isError()) {
            errorStarts.add(span.start());
        }
    }

    /** Whether an error within a span was added; then what follows from it need not be said. */
    public boolean hasErrorIn(Span span) {
        Integer next = errorStarts.ceiling(span.start());
        return next != null && next <= span.end();
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
