package dev.sluice.engine.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Something that is now true of a run. The closed set of what a journal holds: a new kind needs a
 * new number in the codec and a new golden journal. Tasks and jobs are named by key. The time is
 * added by the journal.
 */
public sealed interface Fact {
    /** Said by the scheduler, and applied by it on restart. */
    sealed interface Decided extends Fact {}

    /** Said by the run loop; the scheduler passes over them. */
    sealed interface Noted extends Fact {}

    /**
     * The first fact of every run, written before the Snakefile is read. Names of variables only,
     * never values.
     */
    record RunStarted(
            List<String> argv,
            String folder,
            String user,
            String owner,
            String version,
            List<String> environment,
            Origin origin)
            implements Noted {
        public RunStarted {
            argv = List.copyOf(argv);
            environment = List.copyOf(environment);
        }
    }

    /** Another engine goes on with the run. */
    record RunResumed(List<String> argv, String user, String version, long epoch, Origin origin)
            implements Noted {
        public RunResumed {
            argv = List.copyOf(argv);
        }
    }

    /**
     * Where an engine was started: relative words of {@code argv} start at {@code launchFolder},
     * and what was written under another boot id may have been lost with the power. Empty where a
     * journal of version 1 does not say.
     */
    record Origin(String launchFolder, String host, String boot) {
        public static final Origin UNKNOWN = new Origin("", "", "");
    }

    /**
     * A plan was made from what is on disk. What ended under an earlier plan says nothing about
     * this one; open attempts of its tasks are adopted, and budgets begin anew.
     */
    record PlanMade(int tasks, SequencedMap<String, Integer> jobsByRule) implements Decided {
        public PlanMade {
            jobsByRule = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(jobsByRule));
        }
    }

    /**
     * A checkpoint changed the plan.
     *
     * @param jobsByRule how many jobs of each rule there are more, or fewer
     */
    record PlanChanged(
            List<Key> checkpoints,
            List<Key> added,
            List<Key> rewired,
            List<Key> removed,
            SequencedMap<String, Integer> jobsByRule)
            implements Decided {
        public PlanChanged {
            checkpoints = List.copyOf(checkpoints);
            added = List.copyOf(added);
            rewired = List.copyOf(rewired);
            removed = List.copyOf(removed);
            jobsByRule = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(jobsByRule));
        }
    }

    /**
     * From here on the attempt may exist, and its jobs' outputs are incomplete until they are said
     * to be finished.
     */
    record AttemptStarted(
            Key task,
            int attempt,
            int tryNumber,
            String executor,
            Needs needs,
            List<PlannedJob> jobs)
            implements Decided {
        public AttemptStarted {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * The attempt's files are prepared and its executor is about to be told. An attempt without
     * this fact was never handed over. Holds what a later engine needs to adopt it, whatever the
     * workflow's text is by then.
     */
    record AttemptHandedOver(Key task, int attempt, List<HandedJob> jobs) implements Noted {
        public AttemptHandedOver {
            jobs = List.copyOf(jobs);
        }
    }

    record AttemptRunning(Key task, int attempt) implements Decided {}

    /** Its inputs are being made anew: whatever comes of it does not count. */
    record AttemptDisowned(Key task, int attempt) implements Decided {}

    record AttemptEnded(Key task, int attempt, AttemptEnd end) implements Decided {}

    record JobFinished(Key task, int attempt, JobRecord job) implements Decided {}

    record JobFailed(Key task, int attempt, JobEnd.Failed job) implements Decided {}

    /** The attempt (0: none was made) is over and done with. */
    record TaskSettled(Key task, int attempt, Verdict verdict) implements Decided {}

    record StopRequested(boolean now) implements Decided {}

    /**
     * A task that had failed for good is tried again, with budgets as at first; what was given up
     * for its sake waits again.
     */
    record RetryRequested(Key task) implements Decided {}

    record RunEnded(RunOutcome outcome) implements Decided {}

    /**
     * Temporary outputs that nobody needs any more. Written, and synced, before they are deleted.
     */
    record TempDeleted(List<String> paths) implements Noted {
        public TempDeleted {
            paths = List.copyOf(paths);
        }
    }

    /** Outputs that got a new time without being made ({@code --touch}). */
    record OutputsTouched(List<JobRecord.Output> outputs) implements Noted {
        public OutputsTouched {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * The past of these outputs is to be forgotten ({@code --cleanup-metadata}, {@code
     * --drop-metadata}).
     */
    record OutputsForgotten(List<String> paths) implements Noted {
        public OutputsForgotten {
            paths = List.copyOf(paths);
        }
    }

    /** Something a person should be told; goes to the log, changes nothing. */
    record Warned(String message) implements Noted {}
}
