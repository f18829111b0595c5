package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was written, and what a run loop recalls of it on restart. */
final class SimulatedJournal {
    private final List<Fact> facts = new ArrayList<>();
    private final Set<SimulatedExecutor.Name> handedOver = new LinkedHashSet<>();
    private final Set<SimulatedExecutor.Name> settled = new LinkedHashSet<>();
    private final Map<Key, String> failed = new LinkedHashMap<>();

    void add(Fact fact) {
        facts.add(fact);
        switch (fact) {
            case Fact.AttemptHandedOver(var task, int attempt, _) ->
                    handedOver.add(new SimulatedExecutor.Name(task, attempt));
            case Fact.TaskSettled(var task, int attempt, var verdict) -> {
                settled.add(new SimulatedExecutor.Name(task, attempt));
                if (verdict instanceof Verdict.Failed(String reason)) {
                    failed.put(task, reason);
                }
            }
            case Fact.RetryRequested(var task) -> failed.remove(task);
            case Fact.PlanMade _, Fact.RunEnded _ -> failed.clear();
            default -> {}
        }
    }

    List<Fact> facts() {
        return facts;
    }

    boolean saysHandedOver(SimulatedExecutor.Name name) {
        return handedOver.contains(name);
    }

    boolean saysSettled(SimulatedExecutor.Name name) {
        return settled.contains(name);
    }

    /** What had failed for good in the life that broke off, and why. */
    Map<Key, String> failed() {
        return new LinkedHashMap<>(failed);
    }
}
