package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.pattern.MissingWildcard;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The words for what can go wrong in planning. */
final class Problems {
    static final String FUNCTION_FAILED = "function-failed";

    private Problems() {}

    static Problem ofRequest(String code, String upstream, String message, @Nullable String hint) {
        return new Problem(code, upstream, message, null, null, List.of(), hint, null);
    }

    static Problem ofRule(
            String code, String upstream, Rule rule, String message, List<String> notes) {
        return new Problem(code, upstream, message, rule.name(), rule.place(), notes, null, null);
    }

    static Problem cycle(Search search, int candidate) {
        Rule rule = rule(search, candidate);
        return ofRule(
                "cyclic-dependency",
                "CyclicGraphException",
                rule,
                "Cyclic dependency on rule " + rule.name() + ".",
                job(search, candidate));
    }

    static Problem periodic(Search search, int candidate, String period) {
        return ofRule(
                "periodic-wildcard",
                "PeriodicWildcardError",
                rule(search, candidate),
                "The value of a wildcard repeats "
                        + period
                        + " again and again: the rule would need its own output without end. "
                        + "Constrain the wildcards of this rule.",
                wildcards(search.candidates.wildcards.get(candidate)));
    }

    static Problem missingWildcard(Search search, int candidate, MissingWildcard missing) {
        return ofRule(
                "undetermined-wildcard",
                "WildcardError",
                rule(search, candidate),
                "Wildcards in input files cannot be determined from output files:\n'"
                        + missing.name()
                        + "'",
                wildcards(search.candidates.wildcards.get(candidate)));
    }

    static Problem inputFunction(Search search, int candidate, PythonError error) {
        Rule rule = rule(search, candidate);
        return function(rule, search.candidates.wildcards.get(candidate), error);
    }

    /** A function of a rule raised. */
    static Problem function(Rule rule, Wildcards wildcards, PythonError error) {
        List<String> notes = new ArrayList<>(wildcards(wildcards));
        for (PythonError.Frame frame : error.frames()) {
            notes.add(
                    "  File \""
                            + frame.file()
                            + "\", line "
                            + frame.line()
                            + ", in "
                            + frame.function());
        }
        return new Problem(
                FUNCTION_FAILED,
                "InputFunctionException",
                "Error:\n  " + error.type() + ": " + error.message(),
                rule.name(),
                rule.place(),
                notes,
                error.hint(),
                error);
    }

    /** Outputs and wildcards of a job, as notes. */
    static List<String> job(Search search, int candidate) {
        List<String> notes = new ArrayList<>();
        int[] outputs = search.candidates.outputs.get(candidate);
        if (outputs.length > 0) {
            notes.add("    output: " + String.join(", ", texts(search.paths, outputs)));
        }
        notes.addAll(wildcards(search.candidates.wildcards.get(candidate)));
        return notes;
    }

    static List<String> wildcards(Wildcards wildcards) {
        if (wildcards.isEmpty()) {
            return List.of();
        }
        List<String> pairs = new ArrayList<>();
        wildcards.toMap().forEach((name, value) -> pairs.add(name + "=" + value));
        return List.of("    wildcards: " + String.join(", ", pairs));
    }

    static List<String> texts(Paths paths, int[] ids) {
        List<String> texts = new ArrayList<>(ids.length);
        for (int id : ids) {
            texts.add(paths.text(id));
        }
        return texts;
    }

    static Rule rule(Search search, int candidate) {
        return search.patterns.of(search.candidates.rule.get(candidate)).rule();
    }
}
