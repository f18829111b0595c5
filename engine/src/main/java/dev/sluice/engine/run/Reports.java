package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Event;

import java.util.function.Consumer;

/**
 * Follows open attempts from what their executor says of them to settled files, and tells the
 * scheduler's events. Late and repeated reports come to nothing. Owned by the run's thread.
 */
final class Reports {
    private static final long WAIT_MILLIS = 50;

    private final Executor executor;
    private final Starter starter;
    private final Outputs outputs;
    private final Course course;
    private final Settler settler;
    private final Timers timers;
    private final RunSettings settings;
    private final RunMeasures measures;
    private final Consumer<Event> told;
    private final long begunMillis = System.currentTimeMillis();

    Reports(
            Executor executor,
            Starter starter,
            Outputs outputs,
            Course course,
            Settler settler,
            Timers timers,
            RunSettings settings,
            RunMeasures measures,
            Consumer<Event> told) {
        this.executor = executor;
        this.starter = starter;
        this.outputs = outputs;
        this.course = course;
        this.settler = settler;
        this.timers = timers;
        this.settings = settings;
        this.measures = measures;
        this.told = told;
    }

    void heard(AttemptReport report) {
        if (report instanceof AttemptReport.Started) {
            tellIfItRuns(report.process());
            return;
        }
        Starter.Owner owner = starter.ended(report.process());
        if (owner == null) {
            return;
        }
        switch (report) {
            case AttemptReport.Ended ended -> outputs.ended(ended.process(), ended.logSize());
            case AttemptReport.Lost lost -> {
                measures.executorTrouble(executor.name());
                outputs.ended(lost.process(), 0);
            }
            case AttemptReport.Started _, AttemptReport.Skipped _, AttemptReport.NeverStarted _ ->
                    outputs.ended(report.process(), 0);
        }
        owner.job().ends.add(report);
        owner.attempt().ended++;
        tellIfOver(owner.attempt());
    }

    /** Where nothing waits before it runs, the word would only make the journal longer. */
    private void tellIfItRuns(String process) {
        Starter.Owner owner = executor.queues() ? starter.ownerOf(process) : null;
        if (owner != null && !owner.attempt().saidToRun) {
            owner.attempt().saidToRun = true;
            told.accept(new Event.AttemptRunning(owner.attempt().task, owner.attempt().number));
        }
    }

    /** Its processes have ended, or it has none. */
    void tellIfOver(Attempt attempt) {
        AttemptEnd recorded = attempt.recordedEnd;
        if (!attempt.isOver()) {
            return;
        }
        if (recorded != null && attempt.lostBecause != null) {
            // Its end is on record, but not that its outputs were whole.
            course.workload().grantOneMore(attempt.task);
            settle(attempt, new AttemptEnd.Lost(attempt.lostBecause));
        } else if (recorded != null) {
            settle(attempt, recorded);
        } else {
            if (settings.retryFailed() && attempt.adopted && attempt.failedBefore(begunMillis)) {
                // While nobody looked: whoever goes on with a run wants what failed tried again.
                course.workload().grantOneMore(attempt.task);
            }
            told.accept(new Event.AttemptEnded(attempt.task, attempt.number, attempt.end()));
        }
    }

    /** Looks after its files; outputs that are late are waited for. */
    void settle(Attempt attempt, AttemptEnd end) {
        settle(attempt, end, System.nanoTime());
    }

    private void settle(Attempt attempt, AttemptEnd end, long since) {
        if (!attempt.cancelled && !waitedOut(since) && !settler.missing(attempt, end).isEmpty()) {
            timers.after(WAIT_MILLIS, () -> settle(attempt, end, since));
            return;
        }
        told.accept(new Event.Settled(attempt.task, attempt.number, settler.settle(attempt, end)));
    }

    private boolean waitedOut(long sinceNanos) {
        return System.nanoTime() - sinceNanos >= settings.latencyWait().toNanos();
    }
}
