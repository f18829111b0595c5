package dev.sluice.engine.run;

import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.Verdict;
import dev.sluice.engine.view.RunCounts;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Tells the listeners what an event came to. Decides nothing. */
final class Announcer {
    private final List<RunListener> listeners;
    private final RunCounts counts;
    private final Outputs outputs;

    Announcer(List<RunListener> listeners, RunCounts counts, Outputs outputs) {
        this.listeners = listeners;
        this.counts = counts;
        this.outputs = outputs;
    }

    void started(Attempt attempt) {
        for (JobRun job : attempt.jobs) {
            listeners.forEach(listener -> listener.jobStarted(job));
        }
    }

    void adopted(Attempt attempt) {
        for (JobRun job : attempt.jobs) {
            listeners.forEach(listener -> listener.jobAdopted(job));
        }
    }

    /** Speaks of an attempt whose task was settled by this event's facts. */
    void settled(Event event, Attempt attempt, List<Fact> facts) {
        Verdict verdict = verdict(facts);
        if (verdict == null) {
            return;
        }
        boolean again = verdict instanceof Verdict.Again;
        boolean told = false;
        if (event instanceof Event.Settled(int task, int number, List<JobEnd> ends)) {
            for (int i = 0; i < ends.size(); i++) {
                JobRun job = attempt.jobs.get(i);
                switch (ends.get(i)) {
                    case JobEnd.Finished any -> finished(job);
                    case JobEnd.Failed failed -> {
                        told = true;
                        failed(job, failed.reason(), failed.exitCode(), again);
                    }
                    case JobEnd.NotRun any -> {}
                }
            }
        }
        if (!told && verdict instanceof Verdict.Failed(String reason)) {
            failed(attempt.jobs.getFirst(), reason, -1, false);
        }
    }

    private static @Nullable Verdict verdict(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.TaskSettled settled) {
                return settled.verdict();
            }
        }
        return null;
    }

    private void finished(JobRun job) {
        Progress progress = progress();
        listeners.forEach(listener -> listener.jobFinished(job, progress));
    }

    private void failed(JobRun job, String why, int exitCode, boolean again) {
        var end = job.end();
        String tail = end == null ? "" : outputs.tail(end.process(), end.logSize());
        JobFailure failure = new JobFailure(why, exitCode, tail, again);
        listeners.forEach(listener -> listener.jobFailed(job, failure));
    }

    Progress progress() {
        return new Progress(counts.done(), counts.total(), counts.running());
    }

    void warn(String text) {
        listeners.forEach(listener -> listener.warning(text));
    }

    void note(String text) {
        listeners.forEach(listener -> listener.note(text));
    }
}
