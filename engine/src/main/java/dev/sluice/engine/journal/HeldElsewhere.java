package dev.sluice.engine.journal;

/** Another living run makes one of the outputs that this one wants to make. */
public final class HeldElsewhere extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String run;

    public HeldElsewhere(String run, String message) {
        super(message);
        this.run = run;
    }

    /** The id of the run that holds the output. */
    public String run() {
        return run;
    }
}
