package dev.sluice.engine.run;

/**
 * What keeps a job from being prepared or settled; the message is for the user. Never leaves this
 * package.
 */
final class RunFailure extends Exception {
    private static final long serialVersionUID = 1L;

    RunFailure(String message) {
        super(message);
    }
}
