package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.JobArguments;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A job with everything evaluated, for one attempt.
 *
 * @param comparedParams those that do not derive from input, output, threads or resources: what the
 *     params trigger sees
 * @param resources without threads; {@code _cores} and {@code _nodes} are not among them
 * @param priority the rule's own; {@link Plan#prioritized} comes before it
 * @param conda path or name of the environment, or null
 * @param container URL of the image, or null
 */
public record JobSettings(
        PlannedJob job,
        int attempt,
        NamedList<Value> params,
        List<Value> comparedParams,
        int threads,
        SequencedMap<String, Value> resources,
        double priority,
        @Nullable String conda,
        @Nullable String container) {
    /** What stands for a value that cannot be known before its files are there. */
    public static final Value TO_BE_DETERMINED = new Value.Text("<TBD>");

    /** Whether a value waits for files that are not there yet. */
    public boolean undetermined() {
        return params.items().contains(TO_BE_DETERMINED)
                || resources.containsValue(TO_BE_DETERMINED);
    }

    /** What functions, templates and scripts may see. */
    public JobArguments arguments() {
        SequencedMap<String, Value> all = new LinkedHashMap<>(resources);
        all.putFirst("_nodes", resources.getOrDefault("_nodes", new Value.Int(1)));
        all.putFirst("_cores", new Value.Int(threads));
        return new JobArguments(
                job.rule().name(),
                job.wildcards().toMap(),
                Arguments.paths(job.input()),
                Arguments.paths(job.output()),
                params,
                Arguments.paths(job.log()),
                threads,
                all,
                attempt,
                job.group(),
                job.id());
    }
}
