package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.Item;
import dev.sluice.engine.rules.Products;
import dev.sluice.engine.rules.Rule;

/** What lies on disk of the things that jobs make. */
final class ProductFiles {
    static final long NO_TIME = Long.MIN_VALUE;

    private final PlanColumns columns;
    private final RulePatterns patterns;
    private final KnownFiles known;

    ProductFiles(PlanColumns columns, RulePatterns patterns, KnownFiles known) {
        this.columns = columns;
        this.patterns = patterns;
        this.known = known;
    }

    /** The path of the benchmark, or -1. */
    int benchmark(int job) {
        if (!columns.exists(job)) {
            return -1;
        }
        Rule rule = columns.ruleOf(job);
        if (!(rule.benchmark() instanceof Item.Path path)) {
            return -1;
        }
        FilePattern pattern = Products.pattern(rule, path.text());
        return columns.paths().id(pattern.apply(columns.wildcardsOf(job)));
    }

    /** When the oldest output that is there was written, or {@link #NO_TIME}. */
    long oldest(int job) {
        long oldest = Long.MAX_VALUE;
        for (int output : columns.outputs()[job]) {
            oldest = Math.min(oldest, time(output));
        }
        int benchmark = benchmark(job);
        if (benchmark >= 0) {
            oldest = Math.min(oldest, time(benchmark));
        }
        return oldest == Long.MAX_VALUE ? NO_TIME : oldest;
    }

    private long time(int path) {
        FileFact fact = known.fact(path);
        return fact.exists() ? fact.modifiedNanos() : Long.MAX_VALUE;
    }

    /** Streams always are. */
    boolean missing(int job, int output) {
        Flags flags = patterns.outputFlags(columns.ruleOf(job), output);
        return flags.has(Flags.PIPE)
                || flags.has(Flags.SERVICE)
                || !known.exists(columns.outputs()[job][output]);
    }

    /** Whether an output, by its path, is missing. */
    boolean missingPath(int producer, int path) {
        if (!known.exists(path)) {
            return true;
        }
        int[] outputs = columns.outputs()[producer];
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == path) {
                return missing(producer, i);
            }
        }
        return false;
    }
}
