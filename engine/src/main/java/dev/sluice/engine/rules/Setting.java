package dev.sluice.engine.rules;

import dev.sluice.engine.value.Value;

/** The value of a directive: written down, or computed by a function for each job. */
public sealed interface Setting {
    record Literal(Value value) implements Setting {}

    record Computed(Callable function) implements Setting {}
}
