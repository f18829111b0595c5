package dev.sluice.engine.run;

/**
 * Another engine holds the run now. This one wrote nothing since, and must not touch what runs: it
 * is the other's.
 */
public final class TakenOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenOver() {
        super("another engine has taken this run over");
    }
}
