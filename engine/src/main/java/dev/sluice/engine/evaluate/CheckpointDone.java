package dev.sluice.engine.evaluate;

import dev.sluice.engine.rules.NamedList;

import java.util.SequencedMap;

/** A checkpoint job whose outputs stand. */
public record CheckpointDone(
        String rule, SequencedMap<String, String> wildcards, NamedList<String> output) {}
