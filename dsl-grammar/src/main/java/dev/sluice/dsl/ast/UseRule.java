package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * {@code use rule a, b from m exclude c as x_* with:}. A name may be {@code *}; {@code
 * nameModifier} has its parts joined; {@code with} tells whether a body may follow. {@code header}
 * runs to the colon, or to the last token where there is none.
 */
public record UseRule(
        List<Name> rules,
        @Nullable Name module,
        List<Name> exclude,
        @Nullable Name nameModifier,
        boolean with,
        List<RuleItem> items,
        int line,
        Span header,
        Span span)
        implements Statement {
    public UseRule {
        rules = List.copyOf(rules);
        exclude = List.copyOf(exclude);
        items = List.copyOf(items);
    }
}
