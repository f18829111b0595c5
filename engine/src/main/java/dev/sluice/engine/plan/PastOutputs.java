package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

/** Port: what is remembered of each output. Answers from memory, never from the disk. */
public interface PastOutputs {
    /** Nothing is remembered. */
    PastOutputs NONE = path -> null;

    @Nullable OutputRecord of(String path);
}
