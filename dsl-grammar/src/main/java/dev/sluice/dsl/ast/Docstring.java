package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** A string literal that stands alone in a body, quotes included. */
public record Docstring(Span span) implements RuleItem {}
