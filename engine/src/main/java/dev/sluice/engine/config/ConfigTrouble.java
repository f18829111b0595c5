package dev.sluice.engine.config;

/**
 * A config file that cannot be read, and where; line and column count from one, 0 where there is
 * none.
 */
public final class ConfigTrouble extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    ConfigTrouble(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** The message, which is never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
