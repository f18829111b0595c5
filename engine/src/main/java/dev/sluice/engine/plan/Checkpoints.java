package dev.sluice.engine.plan;

import dev.sluice.engine.evaluate.CheckpointDone;
import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.pattern.FilePattern;
import dev.sluice.engine.pattern.Wildcards;
import dev.sluice.engine.rules.NamedList;
import dev.sluice.engine.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells Python which checkpoints are done, and finds the jobs that waited for them. */
final class Checkpoints {
    private final Resolution resolution;
    private final Evaluator evaluator;
    private final Set<String> told = new HashSet<>();

    Checkpoints(Resolution resolution, Evaluator evaluator) {
        this.resolution = resolution;
        this.evaluator = evaluator;
    }

    /**
     * Checkpoints that have nothing to do, their outputs being there; returns the candidates that
     * may go on.
     */
    Ints settleIdle(PlanColumns columns, BitSet runs) {
        KnownFiles known = resolution.search().known;
        List<CheckpointDone> done = new ArrayList<>();
        Ints waiting = new Ints();
        for (int job = 0; job < columns.size(); job++) {
            if (!columns.exists(job)) {
                continue;
            }
            if (columns.ruleOf(job).checkpoint() && !runs.get(job) && whole(columns, job, known)) {
                tell(columns, job, done);
            }
            if (columns.shapeOf(job).waits()) {
                collectLonely(columns, job, known, done);
            }
        }
        if (done.isEmpty()) {
            return waiting;
        }
        evaluator.checkpointsDone(done);
        Set<String> made = new HashSet<>();
        done.forEach(one -> made.addAll(one.output().items()));
        for (int job = 0; job < columns.size(); job++) {
            if (columns.exists(job) && columns.shapeOf(job).waits() && served(columns, job, made)) {
                waiting.add(resolution.assembly().candidate(job));
            }
        }
        return waiting;
    }

    /** These have run. Returns the candidates that may go on. */
    Ints settleFinished(PlanColumns columns, List<Integer> finished) {
        List<CheckpointDone> done = new ArrayList<>();
        for (int job : finished) {
            tell(columns, job, done);
        }
        evaluator.checkpointsDone(done);
        Ints waiting = new Ints();
        for (int job = 0; job < columns.size(); job++) {
            if (columns.exists(job)
                    && columns.shapeOf(job).waits()
                    && needsAny(columns, job, finished)) {
                waiting.add(resolution.assembly().candidate(job));
            }
        }
        return waiting;
    }

    private static boolean needsAny(PlanColumns columns, int job, List<Integer> finished) {
        for (int needed : columns.needs().of(job)) {
            if (finished.contains(needed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean whole(PlanColumns columns, int job, KnownFiles known) {
        for (int output : columns.outputs()[job]) {
            if (!known.exists(output)) {
                return false;
            }
        }
        return true;
    }

    private void tell(PlanColumns columns, int job, List<CheckpointDone> done) {
        Rule rule = columns.ruleOf(job);
        List<String> paths = Problems.texts(columns.paths(), columns.outputs()[job]);
        add(rule, columns.wildcardsOf(job), paths, done);
    }

    private void add(
            Rule rule, Wildcards wildcards, List<String> output, List<CheckpointDone> done) {
        if (told.add(rule.name() + '\0' + wildcards.text())) {
            NamedList<String> files = new NamedList<>(output, rule.output().names());
            done.add(new CheckpointDone(rule.name(), wildcards.toMap(), files));
        }
    }

    /**
     * The output of a checkpoint that lies there while the checkpoint itself could not run again.
     */
    private void collectLonely(
            PlanColumns columns, int job, KnownFiles known, List<CheckpointDone> done) {
        InputShape shape = columns.shapeOf(job);
        int[] inputs = columns.inputs()[job];
        for (int i = 0; i < inputs.length; i++) {
            boolean lonely =
                    shape.checkpointTargets()[i]
                            && columns.producers()[job][i] < 0
                            && shape.pins()[i] >= 0
                            && known.exists(inputs[i]);
            if (lonely) {
                RulePatterns.Compiled rule = resolution.search().patterns.of(shape.pins()[i]);
                Wildcards wildcards = matched(rule, columns.paths().text(inputs[i]));
                if (wildcards != null) {
                    List<String> paths = new ArrayList<>();
                    rule.outputs().forEach(output -> paths.add(output.apply(wildcards)));
                    add(rule.rule(), wildcards, paths, done);
                }
            }
        }
    }

    private static @Nullable Wildcards matched(RulePatterns.Compiled rule, String path) {
        for (FilePattern output : rule.outputs()) {
            Wildcards wildcards = output.match(path);
            if (wildcards != null) {
                return WildcardChoice.canonical(rule, wildcards);
            }
        }
        return null;
    }

    /** Whether one of the checkpoints that the job waits for is among those. */
    private static boolean served(PlanColumns columns, int job, Set<String> made) {
        InputShape shape = columns.shapeOf(job);
        int[] inputs = columns.inputs()[job];
        for (int i = 0; i < inputs.length; i++) {
            if (shape.checkpointTargets()[i]) {
                if (made.contains(columns.paths().text(inputs[i]))) {
                    return true;
                }
            }
        }
        return false;
    }
}
