package dev.sluice.engine.run;

import dev.sluice.engine.schedule.SchedulerSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a run behaves, as the user asked for it.
 *
 * @param retries for rules that say nothing themselves
 * @param latencyWait how long files that should be there are waited for
 * @param keepIncomplete outputs of failed jobs stay
 * @param touch nothing runs; outputs that are there get a new time
 * @param shadowFolder where shadow folders are made; null: {@code .snakemake/shadow}
 * @param hooks {@code onstart}, {@code onsuccess} and {@code onerror} are called
 * @param log the text log that hooks are told of
 * @param keepScripts the files that scripts were written to stay
 * @param keepProvenance what outputs were made with is remembered
 * @param retryFailed what had failed for good before the run was resumed is tried again
 */
public record RunSettings(
        SchedulerSettings scheduler,
        int retries,
        Duration latencyWait,
        boolean keepIncomplete,
        boolean touch,
        @Nullable Path shadowFolder,
        boolean benchmarkExtended,
        boolean hooks,
        Path log,
        boolean keepScripts,
        boolean keepProvenance,
        boolean retryFailed) {
    /** Without what is rarely asked for. */
    public RunSettings(
            SchedulerSettings scheduler,
            int retries,
            Duration latencyWait,
            boolean keepIncomplete,
            boolean touch,
            @Nullable Path shadowFolder,
            boolean benchmarkExtended,
            boolean hooks,
            Path log) {
        this(
                scheduler,
                retries,
                latencyWait,
                keepIncomplete,
                touch,
                shadowFolder,
                benchmarkExtended,
                hooks,
                log,
                false,
                true,
                true);
    }

    public RunSettings withScriptsKept(boolean kept) {
        return with(kept, keepProvenance, retryFailed);
    }

    public RunSettings withProvenanceKept(boolean kept) {
        return with(keepScripts, kept, retryFailed);
    }

    public RunSettings withFailedRetried(boolean retried) {
        return with(keepScripts, keepProvenance, retried);
    }

    private RunSettings with(boolean scripts, boolean provenance, boolean retried) {
        return new RunSettings(
                scheduler,
                retries,
                latencyWait,
                keepIncomplete,
                touch,
                shadowFolder,
                benchmarkExtended,
                hooks,
                log,
                scripts,
                provenance,
                retried);
    }

    /** Snakemake's defaults. */
    public static RunSettings of(SchedulerSettings scheduler, Path log) {
        return new RunSettings(
                scheduler, 0, Duration.ofSeconds(5), false, false, null, false, true, log);
    }
}
