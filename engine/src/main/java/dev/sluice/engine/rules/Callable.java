package dev.sluice.engine.rules;

import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A Python function that stays in the helper.
 *
 * @param handle names it there
 * @param arguments the parameters it accepts, of: wildcards input output params threads resources
 *     attempt groupid rulename
 * @param source how to name it in a message
 */
public record Callable(int handle, List<String> arguments, String source) {
    public Callable {
        arguments = List.copyOf(arguments);
    }

    /** The type under which a function stands among values, such as those of a flag. */
    private static final String TYPE = "function";

    /** This function as a value, for places that hold values. */
    public Value toValue() {
        return new Value.Opaque(TYPE, source, String.join(",", arguments), null, handle);
    }

    /** The function that a value is, or null. */
    public static @Nullable Callable of(@Nullable Value value) {
        if (value
                        instanceof
                        Value.Opaque(
                                String type,
                                String source,
                                String arguments,
                                String hash,
                                int handle)
                && type.equals(TYPE)
                && handle >= 0) {
            List<String> names =
                    arguments.isEmpty() ? List.of() : List.of(arguments.split(",", -1));
            return new Callable(handle, names, source);
        }
        return null;
    }

    /** Whether the function wants {@code argument}. */
    public boolean accepts(String argument) {
        return arguments.contains(argument);
    }
}
