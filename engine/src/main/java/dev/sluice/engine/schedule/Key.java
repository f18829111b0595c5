package dev.sluice.engine.schedule;

/**
 * The lasting name of a job or a task: a hash of rule, wildcards and outputs. Outlives the plan,
 * the engine and its version; never an index.
 */
public record Key(String text) {
    @Override
    public String toString() {
        return text;
    }
}
