package dev.sluice.engine.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A job that is about to run, as the journal remembers it. Says what it is to make, never how. */
public record PlannedJob(
        Key key, String rule, SequencedMap<String, String> wildcards, List<String> outputs) {
    public PlannedJob {
        wildcards = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(wildcards));
        outputs = List.copyOf(outputs);
    }
}
