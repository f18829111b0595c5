package dev.sluice.engine.plan;

/** What became of a template. */
public sealed interface Formatted {
    record Text(String text) implements Formatted {}

    record Failed(Problem problem) implements Formatted {}
}
