package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.Key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks after the files of an attempt that has ended, and says what became of each job. */
final class Settler {
    private final JobFiles files;
    private final Records records;
    private final boolean keepScripts;

    Settler(JobFiles files, Records records, boolean keepScripts) {
        this.keepScripts = keepScripts;
        this.files = files;
        this.records = records;
    }

    /** Outputs that a successful attempt owes; worth waiting for on a slow file system. */
    List<String> missing(Attempt attempt, AttemptEnd end) {
        List<String> missing = new ArrayList<>();
        if (end instanceof AttemptEnd.Succeeded) {
            attempt.jobs.forEach(job -> missing.addAll(files.missingOutputs(job)));
        }
        return missing;
    }

    List<JobEnd> settle(Attempt attempt, AttemptEnd end) {
        List<JobEnd> ends =
                switch (end) {
                    case AttemptEnd.Succeeded() -> each(attempt, this::finish);
                    case AttemptEnd.Failed failed -> settleFailed(attempt, failed);
                    case AttemptEnd.Cancelled any -> each(attempt, this::discard);
                    case AttemptEnd.Lost any -> each(attempt, this::discard);
                    case AttemptEnd.Evicted any -> each(attempt, this::discard);
                    case AttemptEnd.StagingFailed any -> each(attempt, this::discard);
                    case AttemptEnd.NeverStarted any -> each(attempt, this::discard);
                };
        if (!keepScripts) {
            attempt.jobs.forEach(Settler::removeTemporary);
        }
        return ends;
    }

    private interface Way {
        JobEnd settle(JobRun job);
    }

    private static List<JobEnd> each(Attempt attempt, Way way) {
        List<JobEnd> ends = new ArrayList<>(attempt.jobs.size());
        for (JobRun job : attempt.jobs) {
            ends.add(way.settle(job));
        }
        return ends;
    }

    private List<JobEnd> settleFailed(Attempt attempt, AttemptEnd.Failed failed) {
        JobRun culprit =
                attempt.jobs.stream()
                        .filter(job -> attempt.refusal(job) != null || job.failed())
                        .findFirst()
                        .orElse(attempt.jobs.getFirst());
        return each(
                attempt,
                job -> {
                    if (job == culprit) {
                        return fail(job, failed.exitCode(), failed.reason());
                    }
                    if (job.failed()) {
                        AttemptEnd.Failed own = ownFailure(job);
                        return fail(job, own.exitCode(), own.reason());
                    }
                    boolean whole = attempt.kind == Task.Kind.LAYERS && attempt.started;
                    return whole && job.succeeded() && files.missingOutputs(job).isEmpty()
                            ? finish(job)
                            : discard(job);
                });
    }

    private static AttemptEnd.Failed ownFailure(JobRun job) {
        AttemptReport.Ended end = job.end();
        return end == null
                ? new AttemptEnd.Failed(-1, "it did not run")
                : Attempt.failure(end.exit());
    }

    private JobEnd finish(JobRun job) {
        try {
            List<String> missing = files.missingOutputs(job);
            if (!missing.isEmpty()) {
                return fail(job, 0, "it did not make its output " + String.join(", ", missing));
            }
            return new JobEnd.Finished(records.of(job, files.finish(job)));
        } catch (RunFailure e) {
            return fail(job, 0, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail(job, 0, "its outputs cannot be looked after: " + e);
        }
    }

    private JobEnd fail(JobRun job, int exitCode, String reason) {
        AttemptReport.Ended end = job.end();
        String log = end != null && end.logSize() > 0 ? job.log : "";
        return new JobEnd.Failed(
                new Key(job.job().key()), job.rule(), exitCode, reason, log, cleanUp(job));
    }

    private JobEnd discard(JobRun job) {
        if (job.preparedMillis > 0) {
            cleanUp(job);
        }
        return new JobEnd.NotRun(new Key(job.job().key()));
    }

    private List<String> cleanUp(JobRun job) {
        if (job.preparedMillis == 0) {
            return List.of();
        }
        try {
            return files.cleanUp(job);
        } catch (IOException e) {
            // What could not be deleted is left behind, and the next plan makes it again.
            return job.job().output().items().stream().map(file -> file.path()).toList();
        }
    }

    private static void removeTemporary(JobRun job) {
        for (String path : job.temporary) {
            try {
                Files.deleteIfExists(Path.of(path));
            } catch (IOException e) {
                // A script that stays behind does no harm.
            }
        }
    }
}
