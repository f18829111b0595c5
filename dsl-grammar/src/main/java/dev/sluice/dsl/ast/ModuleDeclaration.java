package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** {@code module NAME:} with its fields. */
public record ModuleDeclaration(
        @Nullable Name name, List<RuleItem> items, int line, Span header, Span span)
        implements Statement {
    public ModuleDeclaration {
        items = List.copyOf(items);
    }
}
