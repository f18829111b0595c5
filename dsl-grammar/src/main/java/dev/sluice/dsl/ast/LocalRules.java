package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import java.util.List;

/** {@code localrules: a, b}. */
public record LocalRules(List<Name> rules, Arguments arguments, Span header, Span span)
        implements Statement {
    public LocalRules {
        rules = List.copyOf(rules);
    }
}
