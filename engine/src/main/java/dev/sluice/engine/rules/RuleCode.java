package dev.sluice.engine.rules;

import dev.sluice.dsl.diagnostic.Catalog;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.Severity;

import java.util.Locale;

/** What can be wrong with rules that Python had nothing to say against. */
public enum RuleCode implements DiagnosticCode {
    BAD_WILDCARD_CONSTRAINT(
            Severity.ERROR,
            "A wildcard's constraint is no regular expression.",
            "Write it as Python's `re` has it; a backslash needs a raw string."),
    DIFFERENT_WILDCARDS(
            Severity.ERROR,
            "Outputs, logs and the benchmark of a rule do not have the same wildcards.",
            "Name all wildcards of the rule in each of them, else two jobs would write one file."),
    DUPLICATE_OUTPUT(Severity.ERROR, "A rule names one output twice.", "Remove one of the two."),
    FUNCTION_AS_OUTPUT(
            Severity.ERROR,
            "An output, a log or a benchmark is a function that Sluice cannot ask beforehand.",
            "Write the path with wildcards; only inputs can be functions."),
    UNKNOWN_RULE(
            Severity.ERROR,
            "`ruleorder` names a rule that does not exist.",
            "Check the spelling of the rule's name."),
    UNKNOWN_LOCAL_RULE(
            Severity.WARNING,
            "`localrules` names a rule that does not exist.",
            "Check the spelling of the rule's name."),
    IGNORED_CONSTRAINT(
            Severity.WARNING,
            "An input has a wildcard constraint, which has no effect there.",
            "Write the constraint at the output."),
    FLAG_ON_WRONG_SIDE(
            Severity.WARNING,
            "A flag is for outputs but stands at an input, or the other way round.",
            "Move the flag to the other side, or remove it.");

    private final Severity severity;
    private final String meaning;
    private final String remedy;

    RuleCode(Severity severity, String meaning, String remedy) {
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public static Catalog catalog() {
        return Catalog.of("The rules", values());
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
