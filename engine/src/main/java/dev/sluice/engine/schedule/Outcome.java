package dev.sluice.engine.schedule;

import java.util.List;

/**
 * What one event led to: what is now true, and what to do about it. Facts are written before
 * commands are carried out.
 */
public record Outcome(List<Fact> facts, List<Command> commands) {
    public static final Outcome NOTHING = new Outcome(List.of(), List.of());

    public Outcome {
        facts = List.copyOf(facts);
        commands = List.copyOf(commands);
    }
}
