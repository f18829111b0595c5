package dev.sluice.engine.plan;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must hold of a plan as a whole. */
final class Checks {
    private final PlanColumns columns;
    private final RulePatterns patterns;

    /** By path: the job that writes it. */
    private final Map<Integer, Integer> writer = new LinkedHashMap<>();

    Checks(PlanColumns columns, RulePatterns patterns) {
        this.columns = columns;
        this.patterns = patterns;
    }

    @Nullable Problem problem(BitSet runs, boolean allowAmbiguity) {
        for (int job = 0; job < columns.size(); job++) {
            for (int output : columns.outputs()[job]) {
                Integer other = writer.putIfAbsent(output, job);
                if (other != null && other != job && !allowAmbiguity) {
                    return twoWriters(output, other, job);
                }
            }
        }
        Problem nested = nested();
        return nested != null ? nested : streams(runs);
    }

    private Problem twoWriters(int output, int one, int other) {
        return new Problem(
                PlanCode.AMBIGUOUS_RULES,
                "rules `"
                        + columns.ruleOf(one).name()
                        + "` and `"
                        + columns.ruleOf(other).name()
                        + "` both write `"
                        + columns.paths().text(output)
                        + "` in this run",
                columns.ruleOf(other).name(),
                columns.ruleOf(other).place(),
                List.of(),
                "give their outputs different names, or constrain the wildcards",
                null);
    }

    /** An output inside another job's output. */
    private @Nullable Problem nested() {
        for (Map.Entry<Integer, Integer> entry : writer.entrySet()) {
            String path = columns.paths().text(entry.getKey());
            int slash = path.lastIndexOf('/');
            while (slash > 0) {
                int parent = columns.paths().find(path.substring(0, slash));
                Integer other = parent < 0 ? null : writer.get(parent);
                if (other != null && !other.equals(entry.getValue())) {
                    return child(columns.paths().text(parent), other, path, entry.getValue());
                }
                slash = path.lastIndexOf('/', slash - 1);
            }
        }
        return null;
    }

    private Problem child(String parent, int parentJob, String child, int childJob) {
        return new Problem(
                PlanCode.OUTPUT_INSIDE_OUTPUT,
                "`" + child + "` lies in `" + parent + "`, which is an output of another job",
                columns.ruleOf(childJob).name(),
                columns.ruleOf(childJob).place(),
                List.of(
                        "    " + columns.ruleOf(parentJob).name() + ": " + parent,
                        "    " + columns.ruleOf(childJob).name() + ": " + child),
                "let one job make the folder with all that is in it, or use another folder",
                null);
    }

    private @Nullable Problem streams(BitSet runs) {
        for (int job = runs.nextSetBit(0); job >= 0; job = runs.nextSetBit(job + 1)) {
            if (Streams.any(patterns, columns, job)) {
                Problem problem = Streams.problem(patterns, columns, job);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }
}
