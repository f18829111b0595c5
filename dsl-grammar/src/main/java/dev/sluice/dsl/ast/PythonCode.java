package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** Python without a Snakemake statement in it; its text is never looked into. */
public record PythonCode(Span span) implements Statement {}
