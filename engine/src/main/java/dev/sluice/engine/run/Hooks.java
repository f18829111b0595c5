package dev.sluice.engine.run;

import org.jspecify.annotations.Nullable;

/** Calls a hook of the workflow by name. */
@FunctionalInterface
public interface Hooks {
    /**
     * @return what went wrong, or null
     */
    @Nullable String call(String name, String log);
}
