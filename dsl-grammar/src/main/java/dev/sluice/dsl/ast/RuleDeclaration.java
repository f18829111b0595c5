package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * {@code rule NAME:} or {@code checkpoint NAME:} with its body. {@code line} is the keyword's line;
 * {@code header} runs from the keyword to the colon.
 */
public record RuleDeclaration(
        boolean checkpoint,
        @Nullable Name name,
        List<RuleItem> items,
        int line,
        Span header,
        Span span)
        implements Statement {
    public RuleDeclaration {
        items = List.copyOf(items);
    }

    /** The first directive of a name; Snakemake, too, lets the first one count. */
    public Optional<Directive> directive(String directiveName) {
        return items.stream()
                .filter(Directive.class::isInstance)
                .map(Directive.class::cast)
                .filter(directive -> directive.name().text().equals(directiveName))
                .findFirst();
    }

    public Optional<RunBlock> run() {
        return items.stream()
                .filter(RunBlock.class::isInstance)
                .map(RunBlock.class::cast)
                .findFirst();
    }
}
