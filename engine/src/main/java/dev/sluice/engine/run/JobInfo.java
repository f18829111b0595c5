package dev.sluice.engine.run;

import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;

import org.jspecify.annotations.Nullable;

/** A job of a run as listeners see it. A view: what is not asked for costs nothing. */
public interface JobInfo {
    PlannedJob job();

    /** Everything evaluated, for this attempt; null where the evaluation itself failed. */
    @Nullable JobSettings settings();

    /** Counts the user's errors: what functions of the Snakefile see as {@code attempt}. */
    int tryNumber();

    /** The shell command; empty for other kinds and before it is started. */
    String command();

    /** The rule's {@code message:}, formatted; null where it has none. */
    @Nullable String message();

    /** Why it runs, in Snakemake's words. */
    String reason();

    default int id() {
        return job().id();
    }

    default String rule() {
        return job().rule().name();
    }

    default Wildcards wildcards() {
        return job().wildcards();
    }
}
