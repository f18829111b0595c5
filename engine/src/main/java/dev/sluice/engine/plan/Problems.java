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
    private static final int FRAMES_SHOWN = 8;

    private Problems() {}

    static Problem ofRequest(PlanCode code, String message, @Nullable String hint) {
        return new Problem(code, message, null, null, List.of(), hint, null);
    }

    static Problem ofRule(PlanCode code, Rule rule, String message, List<String> notes) {
        return new Problem(code, message, rule.name(), rule.place(), notes, null, null);
    }

    /** Of one candidate; {@link Circle} says more, where it is shown. */
    static Problem cycle(Search search, int candidate) {
        Rule rule = rule(search, candidate);
        return cycle(rule, Circle.message(List.of(rule.name())), job(search, candidate));
    }

    static Problem cycle(Rule rule, String message, List<String> notes) {
        return ofRule(PlanCode.CYCLIC_DEPENDENCY, rule, message, notes)
                .hinted("give one of the files another name, or drop the input that leads back");
    }

    static Problem periodic(Search search, int candidate, String period) {
        return ofRule(
                        PlanCode.PERIODIC_WILDCARD,
                        rule(search, candidate),
                        "rule `"
                                + rule(search, candidate).name()
                                + "` needs ever longer files of its own: `"
                                + period
                                + "` repeats without end",
                        wildcards(search.candidates.wildcards.get(candidate)))
                .hinted("constrain the wildcards of the rule, so that its inputs do not match");
    }

    static Problem missingWildcard(Search search, int candidate, MissingWildcard missing) {
        Rule rule = rule(search, candidate);
        String name = missing.name();
        return ofRule(
                        PlanCode.UNDETERMINED_WILDCARD,
                        rule,
                        "an input of rule `"
                                + rule.name()
                                + "` has the wildcard `"
                                + name
                                + "`, which no output of the rule has",
                        wildcards(search.candidates.wildcards.get(candidate)))
                .hinted(
                        "write {"
                                + name
                                + "} into the output too, or take all its values with"
                                + " expand(\"…\", "
                                + name
                                + "=…)");
    }

    static Problem inputFunction(Search search, int candidate, PythonError error) {
        Rule rule = rule(search, candidate);
        return function(rule, search.candidates.wildcards.get(candidate), error);
    }

    /** A function of a rule raised. */
    static Problem function(Rule rule, Wildcards wildcards, PythonError error) {
        List<String> notes = new ArrayList<>(wildcards(wildcards));
        List<PythonError.Frame> frames = error.frames();
        int left = Math.max(0, frames.size() - FRAMES_SHOWN);
        if (left > 0) {
            notes.add("  File \"…\", " + left + " calls more");
        }
        for (PythonError.Frame frame : frames.subList(left, frames.size())) {
            notes.add(
                    "  File \""
                            + frame.file()
                            + "\", line "
                            + frame.line()
                            + ", in "
                            + frame.function());
        }
        return new Problem(
                PlanCode.FUNCTION_FAILED,
                (error.type().isEmpty() ? "" : error.type() + ": ") + error.message(),
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
