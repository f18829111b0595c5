package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.execute.HandedTask;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.OpenAttempt;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.Verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Processes that had ended well before they could be cancelled. */
    private final Set<String> well = new HashSet<>();

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
        if (report instanceof AttemptReport.Started) {
            return running.contains(report.process());
        }
        boolean ours = running.remove(report.process());
        if (ours && report instanceof AttemptReport.Ended ended && ended.exit().succeeded()) {
            well.add(report.process());
        }
        return ours;
    }

    boolean areGone() {
        return running.isEmpty();
    }

    /**
     * Half-made outputs go; the journal says that the attempts came to nothing. What is whole
     * stays: a file that was finished since by another, and all of an attempt that had ended well,
     * which a later plan may want after all.
     */
    List<Fact> writeOff(Disk disk, Path backups, PastOutputs past) {
        List<Fact> facts = new ArrayList<>();
        for (OpenAttempt attempt : attempts) {
            List<String> processes = processes(attempt);
            if (!processes.isEmpty() && well.containsAll(processes)) {
                continue;
            }
            if (!processes.isEmpty()) {
                for (PlannedJob job : jobs(attempt)) {
                    job.outputs().stream()
                            .filter(path -> isHalfMade(past, path))
                            .forEach(path -> remove(disk, path));
                    restore(disk, backups, job);
                }
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

    private static boolean isHalfMade(PastOutputs past, String path) {
        OutputRecord record = past.of(path);
        return record != null && record.incomplete();
    }

    /** Outputs marked {@code update()} were copied before the job began. */
    private static void restore(Disk disk, Path backups, PlannedJob job) {
        for (int i = 0; i < job.outputs().size(); i++) {
            Path copy = backups.resolve(job.key().text() + "-" + i);
            Path place = disk.at(job.outputs().get(i));
            try {
                if (disk.isThere(copy)) {
                    disk.removeTree(place);
                    Files.move(copy, place);
                }
            } catch (IOException e) {
                // The copy stays where it is.
            }
        }
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
