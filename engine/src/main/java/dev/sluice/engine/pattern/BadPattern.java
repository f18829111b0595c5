package dev.sluice.engine.pattern;

/**
 * A pattern that Python's {@code re} would refuse, or one whose wildcards contradict each other.
 */
public final class BadPattern extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPattern(String message) {
        super(message);
    }
}
