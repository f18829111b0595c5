package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import java.util.List;

/** {@code ruleorder: a > b > c}; {@code arrows} are the places of {@code >}. */
public record RuleOrder(
        List<Name> rules, List<Span> arrows, Arguments arguments, Span header, Span span)
        implements Statement {
    public RuleOrder {
        rules = List.copyOf(rules);
        arrows = List.copyOf(arrows);
    }
}
