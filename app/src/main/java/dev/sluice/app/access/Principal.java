package dev.sluice.app.access;

/**
 * Who makes a request. Known by name only; what it may do is said by {@link Access}.
 *
 * @param name as runs name their owner
 */
public record Principal(String name) {
    /**
     * The header that carries it behind the front door; what a client sends under it is removed.
     */
    public static final String HEADER = "Sluice-Principal";

    public Principal {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a principal has a name");
        }
    }
}
