package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.OpenAttempt;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Attempts of an earlier life whose task the plan no longer has: cancelled, waited for, and written
 * off before anything starts, since a new job may make the same outputs. Owned by the run's thread.
 */
final class Orphans {
    private final List<OpenAttempt> attempts;
    private final Recall recall;
    private final Set<String> running = new HashSet<>();

    Orphans(List<OpenAttempt> attempts, Recall recall) {
        this.attempts = attempts;
        this.recall = recall;
    }

    /** What they were to make, for a message. */
    String rules() {
        return String.join(
                ", ",
                attempts.stream()
                        .flatMap(attempt -> jobs(attempt).stream())
                        .map(PlannedJob::rule)
                        .distinct()
                        .toList());
    }

    void cancel(Executor executor, Duration grace) {
        List<HandedTask> tasks = new ArrayList<>();
        for (OpenAttempt attempt : attempts) {
            List<String> processes = processes(attempt);
            if (!processes.isEmpty()) {
                running.addAll(processes);
                tasks.add(
                        new HandedTask(
                                Adoptions.name(attempt.task(), attempt.attempt()), processes));
            }
        }
        if (!tasks.isEmpty()) {
            executor.adopt(tasks);
            executor.cancel(tasks.stream().map(HandedTask::attempt).toList(), grace);
        }
    }

    /** Whether the report is about one of these. */
    boolean heard(AttemptReport report) {
        return report instanceof AttemptReport.Started
                ? running.contains(report.process())
                : running.remove(report.process());
    }

    boolean areGone() {
        return running.isEmpty();
    }

    /** Half-made outputs go; the journal says that the attempts came to nothing. */
    List<Fact> writeOff(Disk disk) {
        List<Fact> facts = new ArrayList<>();
        for (OpenAttempt attempt : attempts) {
            if (!processes(attempt).isEmpty()) {
                jobs(attempt).forEach(job -> job.outputs().forEach(path -> remove(disk, path)));
            }
            facts.add(
                    new Fact.AttemptEnded(
                            attempt.task(), attempt.attempt(), new AttemptEnd.Cancelled()));
            facts.add(
                    new Fact.TaskSettled(
                            attempt.task(), attempt.attempt(), new Verdict.Cancelled()));
        }
        return facts;
    }

    private static void remove(Disk disk, String path) {
        try {
            disk.remove(path, true);
        } catch (IOException e) {
            // It stays, and no fact says that it is whole.
        }
    }

    private List<PlannedJob> jobs(OpenAttempt attempt) {
        Recall.Open open = recall.openOf(attempt.task());
        return open == null ? List.of() : open.jobs();
    }

    private List<String> processes(OpenAttempt attempt) {
        Recall.Open open = recall.openOf(attempt.task());
        return open == null || open.handed() == null
                ? List.of()
                : open.handed().stream().map(HandedJob::processes).flatMap(List::stream).toList();
    }
}
