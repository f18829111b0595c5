package dev.sluice.app.show;

import dev.sluice.dsl.diagnostic.Diagnostic;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Location;
import dev.sluice.dsl.diagnostic.Note;
import dev.sluice.dsl.diagnostic.Severity;
import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.plan.PlanCode;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.python.Loaded;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.Rule;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Turns problems of planning and running into diagnostics that point into the Snakefile. */
public final class Diagnosis {
    private final Loaded loaded;

    public Diagnosis(Loaded loaded) {
        this.loaded = loaded;
    }

    public Diagnostic of(Problem problem, Severity severity) {
        PythonError python = problem.python();
        return python == null ? planning(problem, severity) : python(problem, python, severity);
    }

    private Diagnostic planning(Problem problem, Severity severity) {
        List<String> lines = problem.message().lines().toList();
        var notes = new ArrayList<Note>();
        addBlock(notes, lines.subList(1, lines.size()));
        addBlock(notes, problem.notes());
        return whole(problem, severity, headline(lines.getFirst()), place(problem), notes);
    }

    /** Python's error comes first, where it happened; then for which job. */
    private Diagnostic python(Problem problem, PythonError python, Severity severity) {
        Diagnostic cause = loaded.diagnose(python);
        var notes = new ArrayList<Note>(cause.notes());
        Location rule = location(problem.place());
        boolean placed = !(cause.location() instanceof Location.Nowhere);
        if (problem.rule() != null) {
            String words = "asked for rule " + problem.rule();
            notes.add(placed ? new Note(words, rule) : Note.of(words));
        }
        // The frames of Python stand above as places.
        addBlock(
                notes,
                problem.notes().stream().filter(line -> !line.startsWith("  File \"")).toList());
        return whole(problem, severity, cause.message(), placed ? cause.location() : rule, notes);
    }

    private static Diagnostic whole(
            Problem problem,
            Severity severity,
            String message,
            Location location,
            List<Note> notes) {
        notes.add(Note.of("Snakemake calls this " + problem.upstream()));
        Diagnostic diagnostic =
                Diagnostic.of(code(problem.code(), severity), message, location)
                        .withNotes(List.copyOf(notes));
        String hint = problem.hint();
        return hint == null ? diagnostic : diagnostic.withHint(hint);
    }

    /** What follows the first line stands in notes: without its colon it is whole. */
    private static String headline(String line) {
        return line.endsWith(":") ? line.substring(0, line.length() - 1) : line;
    }

    /** Lines that belong together are one note. */
    private static void addBlock(List<Note> notes, List<String> lines) {
        if (!lines.isEmpty()) {
            notes.add(Note.of(String.join("\n", lines).replace("\t", "    ").stripIndent()));
        }
    }

    /** The rule, or the input in it that the problem is about. */
    private Location place(Problem problem) {
        RuleBook book = loaded.book();
        if (book != null && problem.code() == PlanCode.UNDETERMINED_WILDCARD) {
            for (Rule rule : book.rules()) {
                String input = rule.name().equals(problem.rule()) ? undetermined(rule) : null;
                if (input != null) {
                    return loaded.places().of(rule, "input", input);
                }
            }
        }
        return location(problem.place());
    }

    /** The first input with a wildcard that nothing the rule makes has, or null. */
    private static @Nullable String undetermined(Rule rule) {
        List<String> known =
                Products.of(rule).stream().flatMap(made -> made.wildcards().stream()).toList();
        for (Item item : rule.input().items()) {
            if (item instanceof Item.Path path
                    && !known.containsAll(FilePattern.wildcardNames(path.text()))) {
                return path.text();
            }
        }
        return null;
    }

    private Location location(Rule.@Nullable Place place) {
        return place == null
                ? new Location.Nowhere()
                : loaded.locate(place.snakefile(), place.line());
    }

    private static DiagnosticCode code(PlanCode code, Severity severity) {
        return code.severity() == severity ? code : new Weighed(code, severity);
    }

    /** What is an error elsewhere, where it stops nothing. */
    private record Weighed(PlanCode code, Severity severity) implements DiagnosticCode {
        @Override
        public String word() {
            return code.word();
        }

        @Override
        public String meaning() {
            return code.meaning();
        }

        @Override
        public String remedy() {
            return code.remedy();
        }
    }
}
