package dev.sluice.engine.evaluate;

import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.SequencedMap;

/** What a function, a template or a script may see of its job; null where it is not known yet. */
public record JobArguments(
        String rule,
        SequencedMap<String, String> wildcards,
        @Nullable NamedList<String> input,
        @Nullable NamedList<String> output,
        @Nullable NamedList<Value> params,
        @Nullable NamedList<String> log,
        @Nullable Integer threads,
        @Nullable SequencedMap<String, Value> resources,
        int attempt,
        @Nullable String groupId,
        int jobId) {}
