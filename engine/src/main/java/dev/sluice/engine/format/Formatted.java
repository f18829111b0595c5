package dev.sluice.engine.format;

/** What formatting a template led to. */
public sealed interface Formatted {
    record Text(String text) implements Formatted {}

    /**
     * The template names something, or formats it in a way, that only Python knows; {@code why} is
     * for a log.
     */
    record NeedsPython(String why) implements Formatted {}

    /** The template itself is wrong, at an offset in it. */
    record Failed(String message, String hint, int offset) implements Formatted {}
}
