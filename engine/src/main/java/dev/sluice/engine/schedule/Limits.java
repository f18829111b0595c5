package dev.sluice.engine.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What all running tasks together may take. A resource that is not named here is unlimited.
 *
 * @param jobs how many tasks at a time; {@link Integer#MAX_VALUE} for no bound
 */
public record Limits(int jobs, int cores, SequencedMap<String, Long> resources) {
    public Limits {
        if (jobs < 1 || cores < 1) {
            throw new IllegalArgumentException(
                    "a run needs room for one job and one core: " + jobs + ", " + cores);
        }
        resources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resources));
    }

    public static Limits cores(int cores) {
        return new Limits(Integer.MAX_VALUE, cores, new LinkedHashMap<>());
    }
}
