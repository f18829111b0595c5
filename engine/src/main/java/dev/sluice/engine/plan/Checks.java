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
                "ambiguous-rules",
                "AmbiguousRuleException",
                "Rules "
                        + columns.ruleOf(one).name()
                        + " and "
                        + columns.ruleOf(other).name()
                        + " are ambiguous for the file "
                        + columns.paths().text(output)
                        + ": both write it in this run.",
                null,
                null,
                List.of(),
                "Give their outputs different names, or constrain the wildcards.",
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
                "output-inside-output",
                "ChildIOException",
                "File/directory is a child to another output:\n"
                        + parent
                        + " (rule "
                        + columns.ruleOf(parentJob).name()
                        + ")\n"
                        + child
                        + " (rule "
                        + columns.ruleOf(childJob).name()
                        + ")",
                null,
                null,
                List.of(),
                null,
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
