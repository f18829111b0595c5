package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/**
 * {@code run:} with its Python block. {@code body} runs from the first to the last token of the
 * block; its text is what a rerun compares.
 */
public record RunBlock(Name name, Span header, Span body, Span span) implements RuleItem {}
