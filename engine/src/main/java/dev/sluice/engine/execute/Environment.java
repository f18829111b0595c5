package dev.sluice.engine.execute;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a process's environment has over the engine's own; null takes a variable away. Compared by
 * identity first: tasks that share one instance cost an executor one hand-over.
 */
public record Environment(SequencedMap<String, @Nullable String> changes) {
    public static final Environment UNCHANGED = new Environment(new LinkedHashMap<>());

    public Environment {
        changes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(changes));
    }

    /** This with more changes over it. */
    public Environment with(SequencedMap<String, @Nullable String> more) {
        LinkedHashMap<String, @Nullable String> all = new LinkedHashMap<>(changes);
        all.putAll(more);
        return new Environment(all);
    }
}
