package dev.sluice.engine.run;

import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The environment of jobs: what the Snakefile set, the threads for numeric libraries, the folder
 * for temporary files.
 */
final class Variables {
    private static final List<String> THREADS =
            List.of(
                    "OMP_NUM_THREADS",
                    "GOTO_NUM_THREADS",
                    "OPENBLAS_NUM_THREADS",
                    "MKL_NUM_THREADS",
                    "VECLIB_MAXIMUM_THREADS",
                    "NUMEXPR_NUM_THREADS");
    private static final List<String> FOLDERS = List.of("TMPDIR", "TMP", "TEMPDIR", "TEMP");

    private final SequencedMap<String, @Nullable String> ofSnakefile;
    private final Map<Kind, Environment> known = new LinkedHashMap<>();

    private record Kind(int threads, String tmpdir) {}

    Variables(SequencedMap<String, @Nullable String> ofSnakefile) {
        this.ofSnakefile = ofSnakefile;
    }

    /** The same instance for jobs that have the same. */
    Environment of(JobSettings job) {
        String tmpdir =
                job.resources().get("tmpdir") instanceof Value.Text(String folder) ? folder : "";
        return known.computeIfAbsent(new Kind(job.threads(), tmpdir), this::make);
    }

    private Environment make(Kind kind) {
        LinkedHashMap<String, @Nullable String> changes = new LinkedHashMap<>(ofSnakefile);
        for (String name : THREADS) {
            changes.put(name, Integer.toString(kind.threads()));
        }
        if (!kind.tmpdir().isEmpty()) {
            for (String name : FOLDERS) {
                changes.put(name, kind.tmpdir());
            }
        }
        return new Environment(changes);
    }
}
