package dev.sluice.engine.python;

/** The helper ended, or was ended, while an answer was awaited. */
final class HelperGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HelperGone(String message) {
        super(message);
    }
}
