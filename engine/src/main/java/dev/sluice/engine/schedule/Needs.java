package dev.sluice.engine.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a task takes while it runs, as its rule says. Threads may exceed the run's cores (they are
 * capped then).
 */
public record Needs(int threads, SequencedMap<String, Long> resources) {
    public Needs {
        resources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resources));
    }

    public static Needs threads(int threads) {
        return new Needs(threads, new LinkedHashMap<>());
    }
}
