package dev.sluice.engine.run;

import dev.sluice.engine.schedule.Limits;

import java.util.SequencedMap;

/** What a run is about to do. */
public record RunSummary(int jobs, SequencedMap<String, Integer> jobsByRule, Limits limits) {}
