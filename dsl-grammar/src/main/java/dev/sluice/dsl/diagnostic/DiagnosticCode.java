package dev.sluice.dsl.diagnostic;

/**
 * A kind of diagnostic under a stable word. Each stage lists its own in an enum that implements
 * this; the word is never given another meaning.
 */
public interface DiagnosticCode {
    /** The stable word, in lower case with hyphens. */
    String word();

    Severity severity();

    /** One sentence: what is wrong when this is said. */
    String meaning();

    /** One sentence: what to write instead. */
    String remedy();
}
