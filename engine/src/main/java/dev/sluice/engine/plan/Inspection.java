package dev.sluice.engine.plan;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.Flags;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;

/** What the commands that only look print of a plan: rows and edges, never their layout. */
public final class Inspection {
    private final Plan plan;

    public Inspection(Plan plan) {
        this.plan = plan;
    }

    /**
     * A row of {@code --summary}.
     *
     * @param modifiedNanos null where the file is not there
     * @param recorded whether there is a record of how it was made; without one Snakemake shows
     *     {@code -} for logs, inputs and command
     */
    public record OutputRow(
            String path,
            @Nullable Long modifiedNanos,
            PlannedJob job,
            boolean recorded,
            String status,
            boolean pending) {
        /** The last column. */
        public String plan() {
            return pending ? "update pending" : "no update";
        }
    }

    /** A row for each output of each job. */
    public List<OutputRow> summary(FileFacts files, PastOutputs past) {
        List<OutputRow> rows = new ArrayList<>();
        for (int id : plan.jobs()) {
            PlannedJob job = plan.job(id);
            List<String> paths = job.output().items().stream().map(JobFile::path).toList();
            List<FileFact> facts = files.look(paths);
            for (int i = 0; i < paths.size(); i++) {
                FileFact fact = facts.get(i);
                rows.add(
                        new OutputRow(
                                paths.get(i),
                                fact.exists() ? fact.modifiedNanos() : null,
                                job,
                                past.of(paths.get(i)) != null,
                                status(job.output().items().get(i), fact, plan.reason(id)),
                                plan.runs(id)));
            }
        }
        return rows;
    }

    private static String status(JobFile file, FileFact fact, Reason reason) {
        if (!fact.exists()) {
            return missing(file.flags());
        }
        if (!reason.updatedInput().isEmpty()) {
            return "updated input files";
        }
        if (reason.codeChanged()) {
            return "rule implementation changed";
        }
        if (reason.inputChanged()) {
            return "set of input files changed";
        }
        return reason.paramsChanged() ? "params changed" : "ok";
    }

    private static String missing(Flags flags) {
        if (flags.has("nodelocal")) {
            return "file local to node";
        }
        if (flags.has(Flags.TEMP)) {
            return "removed temp file";
        }
        if (flags.has(Flags.PIPE)) {
            return "pipe file";
        }
        return flags.has(Flags.SERVICE) ? "service file" : "missing";
    }

    /**
     * Outputs whose job has changed code, inputs or params ({@code --list-changes}), in the order
     * of jobs.
     */
    public List<String> changed(PlanRequest.Trigger kind) {
        List<String> paths = new ArrayList<>();
        for (int id : plan.jobs()) {
            Reason reason = plan.reason(id);
            boolean changed =
                    switch (kind) {
                        case CODE -> reason.codeChanged();
                        case INPUT -> reason.inputChanged();
                        case PARAMS -> reason.paramsChanged();
                        case SOFTWARE_ENV -> reason.softwareChanged();
                        case MTIME -> !reason.updatedInput().isEmpty();
                    };
            if (changed) {
                plan.job(id).output().items().forEach(file -> paths.add(file.path()));
            }
        }
        return paths;
    }

    /** Everything that jobs read, write or log to: what {@code --list-untracked} leaves out. */
    public SequencedSet<String> usedFiles() {
        TreeSet<String> used = new TreeSet<>();
        for (int id : plan.jobs()) {
            PlannedJob job = plan.job(id);
            for (List<JobFile> files :
                    List.of(job.input().items(), job.output().items(), job.log().items())) {
                files.forEach(file -> used.add(Targets.normal(file.path())));
            }
        }
        return used;
    }

    /**
     * Wildcards of a job that none of the jobs it needs has with the same value: the label of
     * {@code --dag}.
     */
    public SequencedMap<String, String> newWildcards(int job) {
        SequencedMap<String, String> fresh =
                new LinkedHashMap<>(plan.columns().wildcardsOf(job).toMap());
        for (int needed : plan.needs(job)) {
            Wildcards theirs = plan.columns().wildcardsOf(needed);
            fresh.entrySet().removeIf(entry -> sameIn(theirs, entry));
        }
        return fresh;
    }

    private static boolean sameIn(Wildcards wildcards, Map.Entry<String, String> entry) {
        return entry.getValue().equals(wildcards.get(entry.getKey()));
    }

    /** {@code --rulegraph} and {@code --filegraph}. */
    public RuleGraph ruleGraph() {
        return RuleGraph.of(plan.columns());
    }
}
