package dev.sluice.engine.python;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.diagnostic.Note;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.RuleCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows errors of Python where the user wrote what led to them. */
final class ErrorDiagnosis {
    private final Sources sources;

    ErrorDiagnosis(Sources sources) {
        this.sources = sources;
    }

    Diagnostic of(PythonError error) {
        String file = error.file();
        Location location =
                file == null
                        ? new Location.Nowhere()
                        : sources.locate(file, error.line(), error.column(), error.endColumn());
        List<String> lines = error.text().lines().filter(line -> !line.isBlank()).toList();
        List<Note> notes = new ArrayList<>();
        lines.stream().skip(1).forEach(line -> notes.add(Note.of(line.strip())));
        notes.addAll(notes(error));
        return Diagnostic.of(
                        code(error), lines.isEmpty() ? error.type() : lines.getFirst(), location)
                .withNotes(notes)
                .withHint(error.hint());
    }

    private static DiagnosticCode code(PythonError error) {
        String code = error.code();
        Optional<DiagnosticCode> known =
                code == null
                        ? Optional.empty()
                        : LoadCode.catalog()
                                .find(wordOf(code))
                                .or(() -> RuleCode.catalog().find(code))
                                .or(() -> LanguageCode.catalog().find(code));
        return known.orElseGet(
                () ->
                        switch (error.kind()) {
                            case "syntax" -> LoadCode.PYTHON_SYNTAX;
                            case "workflow" -> LoadCode.WORKFLOW_ERROR;
                            case "missing-file" -> LoadCode.MISSING_FILE;
                            case "shutdown" -> LoadCode.HELPER_ENDED;
                            default -> LoadCode.PYTHON_ERROR;
                        });
    }

    private static String wordOf(String code) {
        return code.equals("missing-configfile") ? LoadCode.MISSING_CONFIG.word() : code;
    }

    /** The way there, innermost first, without the place that is shown already. */
    private List<Note> notes(PythonError error) {
        List<Note> notes = new ArrayList<>();
        for (String note : error.notes()) {
            notes.add(Note.of(note));
        }
        for (PythonError.Frame frame : error.frames().reversed()) {
            boolean shown = frame.file().equals(error.file()) && frame.line() == error.line();
            if (!shown) {
                String where =
                        frame.function().startsWith("<")
                                ? "called from here"
                                : "called in " + frame.function();
                notes.add(new Note(where, sources.locate(frame.file(), frame.line(), -1, -1)));
            }
        }
        return notes;
    }
}
