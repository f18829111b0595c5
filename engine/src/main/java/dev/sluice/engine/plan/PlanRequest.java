package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Setting;
import dev.sluice.engine.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What the user asks of planning. Names things as the command line does and never holds an answer.
 *
 * @param targets files or rules; empty for the default target
 */
public record PlanRequest(
        List<String> targets,
        Forcing forcing,
        Cut cut,
        Resourcing resourcing,
        Rerun rerun,
        Grouping grouping,
        Options options) {

    public PlanRequest {
        targets = List.copyOf(targets);
    }

    /** Everything at Snakemake's defaults. */
    public static PlanRequest of(List<String> targets) {
        return new PlanRequest(
                targets,
                Forcing.NONE,
                Cut.NONE,
                Resourcing.DEFAULT,
                Rerun.DEFAULT,
                Grouping.NONE,
                Options.DEFAULT);
    }

    public PlanRequest withForcing(Forcing other) {
        return new PlanRequest(targets, other, cut, resourcing, rerun, grouping, options);
    }

    public PlanRequest withCut(Cut other) {
        return new PlanRequest(targets, forcing, other, resourcing, rerun, grouping, options);
    }

    public PlanRequest withResourcing(Resourcing other) {
        return new PlanRequest(targets, forcing, cut, other, rerun, grouping, options);
    }

    public PlanRequest withRerun(Rerun other) {
        return new PlanRequest(targets, forcing, cut, resourcing, other, grouping, options);
    }

    public PlanRequest withGrouping(Grouping other) {
        return new PlanRequest(targets, forcing, cut, resourcing, rerun, other, options);
    }

    public PlanRequest withOptions(Options other) {
        return new PlanRequest(targets, forcing, cut, resourcing, rerun, grouping, other);
    }

    /**
     * What runs though it is up to date.
     *
     * @param all {@code -F}
     * @param targets {@code -f}
     * @param names {@code -R}: rules or files
     * @param made outputs that this run made in an earlier life: what makes them is not forced
     *     again, and is judged like any other job
     * @param done keys of jobs that this run finished in an earlier life; looked at where a job
     *     leaves no file, so that it does not run a second time for that alone
     */
    public record Forcing(
            boolean all,
            boolean targets,
            List<String> names,
            List<String> made,
            List<String> done) {
        public static final Forcing NONE = new Forcing(false, false, List.of());

        public Forcing {
            names = List.copyOf(names);
            made = List.copyOf(made);
            done = List.copyOf(done);
        }

        /** Of a run that has made nothing yet. */
        public Forcing(boolean all, boolean targets, List<String> names) {
            this(all, targets, names, List.of(), List.of());
        }

        /** The same for a run that goes on after it has made these. */
        public Forcing resumed(List<String> outputs, List<String> jobKeys) {
            return new Forcing(all, targets, names, outputs, jobKeys);
        }
    }

    /**
     * Which part of the plan is left out; {@code until} and {@code omitFrom} name rules or files.
     */
    public record Cut(List<String> until, List<String> omitFrom, @Nullable Batch batch) {
        public static final Cut NONE = new Cut(List.of(), List.of(), null);

        public Cut {
            until = List.copyOf(until);
            omitFrom = List.copyOf(omitFrom);
        }
    }

    /** {@code --batch RULE=INDEX/OF}; {@code index} from 1. */
    public record Batch(String rule, int index, int of) {
        @Override
        public String toString() {
            return rule + "=" + index + "/" + of;
        }
    }

    /**
     * Where threads and resources come from besides the rules.
     *
     * @param cores upper limit of a job's threads, -1 for none
     * @param maxThreads {@code --max-threads}, -1 for none
     * @param setThreads by rule
     * @param setResources by rule, then by resource
     * @param defaultResources the whole list that applies, Snakemake's own defaults included where
     *     they are wanted
     * @param limits {@code --resources}: a job never asks for more of these
     * @param tmpdir the value of the resource {@code tmpdir} where nothing else sets it; null
     *     leaves it out
     */
    public record Resourcing(
            int cores,
            int maxThreads,
            SequencedMap<String, Setting> setThreads,
            SequencedMap<String, SequencedMap<String, Setting>> setResources,
            SequencedMap<String, Setting> defaultResources,
            SequencedMap<String, Long> limits,
            @Nullable Value tmpdir) {
        public static final Resourcing DEFAULT =
                new Resourcing(
                        -1,
                        -1,
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new Value.Text("/tmp"));
    }

    /** A kind of change that makes a job run again. */
    public enum Trigger {
        MTIME,
        PARAMS,
        INPUT,
        CODE,
        SOFTWARE_ENV
    }

    /**
     * How staleness is judged.
     *
     * @param considerAncient by rule: names or positions of inputs
     * @param maxChecksumSize inputs up to this size are compared by checksum where one is recorded
     */
    public record Rerun(
            Set<Trigger> triggers,
            SequencedMap<String, List<String>> considerAncient,
            boolean ignoreIncomplete,
            boolean rerunIncomplete,
            long maxChecksumSize) {
        public static final Rerun DEFAULT =
                new Rerun(
                        EnumSet.allOf(Trigger.class),
                        new LinkedHashMap<>(),
                        false,
                        false,
                        1_000_000);
    }

    /** {@code --groups rule=name} and {@code --group-components name=n}. */
    public record Grouping(
            SequencedMap<String, String> groups, SequencedMap<String, Integer> components) {
        public static final Grouping NONE =
                new Grouping(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** How rules get their software. */
    public enum Deployment {
        CONDA,
        CONTAINER,
        ENV_MODULES
    }

    /** What becomes of temporary files: as the rules say, all kept, or every output is one. */
    public enum TempFiles {
        AS_DECLARED,
        KEEP,
        ALL
    }

    /**
     * @param dryRun values that need files that are not there become {@code <TBD>}
     * @param prioritize rules or files whose jobs, and what those need, come first
     * @param deployment the methods that are switched on
     */
    public record Options(
            boolean dryRun,
            boolean touch,
            boolean allowAmbiguity,
            TempFiles tempFiles,
            List<String> prioritize,
            Set<Deployment> deployment) {
        public static final Options DEFAULT =
                new Options(
                        false,
                        false,
                        false,
                        TempFiles.AS_DECLARED,
                        List.of(),
                        EnumSet.noneOf(Deployment.class));

        public Options {
            prioritize = List.copyOf(prioritize);
        }
    }
}
