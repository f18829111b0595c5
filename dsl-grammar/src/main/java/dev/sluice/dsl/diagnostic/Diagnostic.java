package dev.sluice.dsl.diagnostic;

import dev.sluice.dsl.source.SourceFile;
import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One thing to say to the user: a code, a sentence about this very case, a place, further notes and
 * perhaps a hint at what to write instead. It holds no rendering and is never an exception.
 */
public record Diagnostic(
        DiagnosticCode code,
        String message,
        Location location,
        List<Note> notes,
        @Nullable String hint) {
    public Diagnostic {
        notes = List.copyOf(notes);
    }

    /** A diagnostic without notes and hint. */
    public static Diagnostic of(DiagnosticCode code, String message, Location location) {
        return new Diagnostic(code, message, location, List.of(), null);
    }

    /** A diagnostic about a piece of text. */
    public static Diagnostic at(DiagnosticCode code, String message, SourceFile source, Span span) {
        return of(code, message, new Location.InText(source, span));
    }

    public Diagnostic withHint(@Nullable String newHint) {
        return new Diagnostic(code, message, location, notes, newHint);
    }

    public Diagnostic withNotes(List<Note> newNotes) {
        return new Diagnostic(code, message, location, newNotes, hint);
    }

    public Severity severity() {
        return code.severity();
    }

    public boolean isError() {
        return severity() == Severity.ERROR;
    }
}
