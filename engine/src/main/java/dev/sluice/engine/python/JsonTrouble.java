package dev.sluice.engine.python;

/**
 * The helper said something that the protocol does not know: a bug of ours, on one side or the
 * other.
 */
final class JsonTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonTrouble(String message) {
        super(message);
    }
}
