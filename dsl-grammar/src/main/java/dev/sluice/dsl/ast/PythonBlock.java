package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import java.util.List;

/**
 * A Python block with a Snakemake statement somewhere in its body, such as rules under {@code if}.
 */
public record PythonBlock(Span header, List<Statement> body, Span span) implements Statement {
    public PythonBlock {
        body = List.copyOf(body);
    }
}
