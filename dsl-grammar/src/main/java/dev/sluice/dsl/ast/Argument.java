package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

import org.jspecify.annotations.Nullable;

/**
 * One argument as it was written. {@code keyword} is there for {@code name=value}; {@code value} is
 * the text behind {@code =}, {@code *} or {@code **}.
 */
public record Argument(Kind kind, @Nullable Name keyword, Span value, Span span) {
    /** The four shapes that Python knows. */
    public enum Kind {
        POSITIONAL,
        KEYWORD,
        STAR,
        DOUBLE_STAR
    }
}
