package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** What may stand in the body of a rule, of a module, or behind {@code use rule … with:}. */
public sealed interface RuleItem permits Docstring, Directive, RunBlock {
    Span span();
}
