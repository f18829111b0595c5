package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** {@code NAME: ARGUMENTS} in a body; {@code header} runs from the name to the colon. */
public record Directive(Name name, Arguments arguments, Span header, Span span)
        implements RuleItem {}
