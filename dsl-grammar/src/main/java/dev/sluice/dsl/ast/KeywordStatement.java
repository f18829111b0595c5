package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** A statement of a keyword and arguments, such as {@code include: "other.smk"}. */
public record KeywordStatement(Name keyword, Arguments arguments, Span header, Span span)
        implements Statement {}
