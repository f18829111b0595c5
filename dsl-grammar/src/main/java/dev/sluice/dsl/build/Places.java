package dev.sluice.dsl.build;

import dev.sluice.dsl.ast.Name;
import dev.sluice.dsl.source.Span;

import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Spans and names of tokens. */
final class Places {
    private Places() {}

    static Span span(Token token) {
        int start = token.getStartIndex();
        return new Span(start, Math.max(start, token.getStopIndex() + 1));
    }

    static Span span(TerminalNode node) {
        return span(node.getSymbol());
    }

    static Name name(TerminalNode node) {
        return new Name(node.getText(), span(node));
    }

    static @Nullable Name nameOrNull(@Nullable TerminalNode node) {
        // A token that the parser made up for the sake of its recovery has no place in the text.
        return node == null || node.getSymbol().getTokenIndex() < 0 ? null : name(node);
    }

    /** From a first token to a second one where that was written, else the first alone. */
    static Span reach(Span first, @Nullable TerminalNode second) {
        return second == null || second.getSymbol().getTokenIndex() < 0
                ? first
                : first.to(span(second));
    }
}
