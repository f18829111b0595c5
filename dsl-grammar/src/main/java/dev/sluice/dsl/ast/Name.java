package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** A name, keyword or name pattern as it was written. */
public record Name(String text, Span span) {}
