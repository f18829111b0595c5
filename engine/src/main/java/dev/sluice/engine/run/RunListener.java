package dev.sluice.engine.run;

import dev.sluice.engine.schedule.RunOutcome;

/** Hears how a run goes, from the run's one thread: has to be quick and never throws. */
public interface RunListener {
    default void runStarted(RunSummary summary) {}

    /** Once per attempt. */
    default void jobStarted(JobInfo job) {}

    /** An earlier engine started it; once per attempt. */
    default void jobAdopted(JobInfo job) {}

    default void jobFinished(JobInfo job, Progress progress) {}

    default void jobFailed(JobInfo job, JobFailure failure) {}

    /** What a job printed; whole lines where it wrote such. */
    default void output(JobInfo job, byte[] text, int length) {}

    default void planChanged(RunSummary summary) {}

    default void note(String text) {}

    default void warning(String text) {}

    /** A few times a second: what was written should be seen by now. */
    default void flush() {}

    default void runEnded(RunOutcome outcome, Progress progress) {}
}
