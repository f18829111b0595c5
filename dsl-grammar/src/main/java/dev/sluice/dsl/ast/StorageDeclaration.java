package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

/** {@code storage TAG: ARGUMENTS}; the tag may be absent. */
public record StorageDeclaration(@Nullable Name tag, Arguments arguments, Span header, Span span)
        implements Statement {}
