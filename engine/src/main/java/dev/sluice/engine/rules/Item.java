package dev.sluice.engine.rules;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code input}, {@code output}, {@code log} or {@code benchmark} as a rule declares
 * it.
 */
public sealed interface Item {
    Flags flags();

    /**
     * A path that may hold wildcards.
     *
     * @param producer the rule that has to make it ({@code rules.NAME.output}), or null
     */
    record Path(String text, Flags flags, @Nullable String producer) implements Item {}

    /** A function that yields paths; {@code unpack}: its mapping becomes named entries. */
    record Function(Callable function, Flags flags, boolean unpack) implements Item {}
}
