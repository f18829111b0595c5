package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.Replanned;
import dev.sluice.engine.rules.RuleBook;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * All that a run works with.
 *
 * @param resumed the journal tells of earlier lives
 * @param executor makes the executor, which tells the run's listener
 */
public record RunParts(
        RuleBook book,
        PlanRequest request,
        Plan plan,
        Replanner replanner,
        Evaluator evaluator,
        FileFacts files,
        PastOutputs past,
        RunFolder folder,
        Journal journal,
        boolean resumed,
        @Nullable Hold hold,
        Function<Executor.Listener, Executor> executor,
        Hooks hooks,
        List<RunListener> listeners,
        RunMeasures measures) {
    public RunParts {
        listeners = List.copyOf(listeners);
    }

    /** A run whose own work nobody measures. */
    public RunParts(
            RuleBook book,
            PlanRequest request,
            Plan plan,
            Replanner replanner,
            Evaluator evaluator,
            FileFacts files,
            PastOutputs past,
            RunFolder folder,
            Journal journal,
            boolean resumed,
            @Nullable Hold hold,
            Function<Executor.Listener, Executor> executor,
            Hooks hooks,
            List<RunListener> listeners) {
        this(
                book,
                request,
                plan,
                replanner,
                evaluator,
                files,
                past,
                folder,
                journal,
                resumed,
                hold,
                executor,
                hooks,
                listeners,
                RunMeasures.NONE);
    }

    /** The planner's door for finished checkpoints. */
    @FunctionalInterface
    public interface Replanner {
        Replanned checkpointsFinished(List<Integer> checkpoints, BitSet finished, BitSet running);
    }
}
