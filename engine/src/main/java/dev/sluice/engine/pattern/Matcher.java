package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

/** Matches whole paths. */
interface Matcher {
    /** The wildcards' values in the pattern's order, or null where the path does not match. */
    String @Nullable [] match(String path);
}
