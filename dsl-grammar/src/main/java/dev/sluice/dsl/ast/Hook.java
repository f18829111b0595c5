package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** {@code onstart:}, {@code onsuccess:} or {@code onerror:} with its Python block. */
public record Hook(Name keyword, Span body, Span header, Span span) implements Statement {}
