package dev.sluice.dsl.grammar;

import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Many tokens seen as one. {@code from} and {@code to} are the indices, among the laid-out tokens,
 * of its first and behind its last one, for those who look into it again.
 */
public final class IslandToken extends CommonToken {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int to;

    IslandToken(int type, Token first, Token last, int from, int to) {
        super(first);
        setType(type);
        setStopIndex(last.getStopIndex());
        this.from = from;
        this.to = to;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }
}
