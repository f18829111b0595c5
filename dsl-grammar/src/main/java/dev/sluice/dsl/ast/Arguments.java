package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import java.util.List;

/**
 * A Python argument list, verbatim. The span runs from its first to its last token, without a
 * trailing comment; it is empty and right behind the colon when nothing was written.
 */
public record Arguments(List<Argument> items, Span span) {
    public Arguments {
        items = List.copyOf(items);
    }

    public boolean isEmpty() {
        return span.isEmpty();
    }
}
