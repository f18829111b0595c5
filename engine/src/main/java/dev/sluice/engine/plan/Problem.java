package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.PythonError;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Why planning stopped, or what it wants to warn of. A user's mistake as a value; whoever shows it
 * turns the place into a span of source.
 *
 * @param message one or more lines
 * @param rule the rule it concerns, or null
 * @param place where that rule stands, or null
 * @param notes further lines: wildcards, the path of jobs that led there
 * @param hint what to do about it, or null
 * @param python the error of Python behind it, or null
 */
public record Problem(
        PlanCode code,
        String message,
        @Nullable String rule,
        Rule.@Nullable Place place,
        List<String> notes,
        @Nullable String hint,
        @Nullable PythonError python) {
    public Problem {
        notes = List.copyOf(notes);
    }

    /** The name of Snakemake's exception class for the same thing. */
    public String upstream() {
        return code.upstream();
    }

    /** The same with advice. */
    Problem hinted(@Nullable String advice) {
        return new Problem(code, message, rule, place, notes, advice, python);
    }

    /** The whole as text: the upstream name first, then message, notes and hint. */
    public String text() {
        StringBuilder text = new StringBuilder(upstream());
        if (rule != null) {
            text.append(" in rule ").append(rule);
        }
        if (place != null) {
            text.append(" in file \"").append(place.snakefile()).append("\", line ");
            text.append(place.line());
        }
        text.append(":\n").append(message);
        for (String note : notes) {
            text.append('\n').append(note);
        }
        if (hint != null) {
            text.append('\n').append(hint);
        }
        return text.toString();
    }
}
