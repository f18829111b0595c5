package dev.sluice.app.show;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.diagnostic.Note;
import dev.sluice.dsl.diagnostic.Severity;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.python.Loaded;
import dev.sluice.engine.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Turns problems of planning and running into diagnostics that point into the Snakefile. */
public final class Diagnosis {
    private final Loaded loaded;

    public Diagnosis(Loaded loaded) {
        this.loaded = loaded;
    }

    public Diagnostic of(Problem problem, Severity severity) {
        var notes = new ArrayList<Note>();
        PythonError python = problem.python();
        if (python != null) {
            Diagnostic cause = loaded.diagnose(python);
            notes.add(new Note(cause.message(), cause.location()));
            notes.addAll(cause.notes());
        }
        problem.notes().forEach(note -> notes.add(Note.of(note)));
        notes.add(Note.of("Snakemake calls this " + problem.upstream()));
        Diagnostic diagnostic =
                Diagnostic.of(new Code(problem.code(), severity), problem.message(), location(problem.place()))
                        .withNotes(List.copyOf(notes));
        String hint = problem.hint();
        return hint == null ? diagnostic : diagnostic.withHint(hint);
    }

    private Location location(Rule.Place place) {
        return place == null ? new Location.Nowhere() : loaded.locate(place.snakefile(), place.line());
    }

    private record Code(String word, Severity severity) implements DiagnosticCode {
        @Override
        public String meaning() {
            return "";
        }

        @Override
        public String remedy() {
            return "";
        }
    }
}
