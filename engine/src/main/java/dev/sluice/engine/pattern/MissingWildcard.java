package dev.sluice.engine.pattern;

/** A pattern names a wildcard for which there is no value. */
public final class MissingWildcard extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    MissingWildcard(String name) {
        super("no value for the wildcard " + name);
        this.name = name;
    }

    public String name() {
        return name;
    }
}
