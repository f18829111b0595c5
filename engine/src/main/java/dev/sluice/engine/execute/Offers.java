package dev.sluice.engine.execute;

import java.util.List;

/**
 * What an executor has to give.
 *
 * @param cores -1 where it does not know
 * @param memoryBytes -1 where it does not know
 * @param healthy false while it takes nothing
 */
public record Offers(int cores, long memoryBytes, List<String> capabilities, boolean healthy) {
    public Offers {
        capabilities = List.copyOf(capabilities);
    }
}
