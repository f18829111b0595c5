package dev.sluice.engine.rules;

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

    /** Whether the function wants {@code argument}. */
    public boolean accepts(String argument) {
        return arguments.contains(argument);
    }
}
