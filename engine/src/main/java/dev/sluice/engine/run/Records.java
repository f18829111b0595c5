package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Exit;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobFingerprint;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what a finished job was made with. */
final class Records {
    private final PlanRequest request;
    private final FileFacts files;
    private final Map<String, Known> checksums = new HashMap<>();

    private record Known(FileFact fact, String sha256) {}

    Records(PlanRequest request, FileFacts files) {
        this.request = request;
        this.files = files;
    }

    /** What an engine that comes later must know of the attempt. */
    Fact handedOver(Attempt attempt) {
        List<HandedJob> jobs = new ArrayList<>(attempt.jobs.size());
        for (JobRun run : attempt.jobs) {
            jobs.add(
                    new HandedJob(
                            new Key(run.job().key()),
                            run.reason(),
                            made(run),
                            logs(run),
                            run.shadow,
                            run.log,
                            run.temporary,
                            run.names,
                            run.preparedMillis));
        }
        Key task = new Key(attempt.name.substring(0, attempt.name.lastIndexOf('-')));
        return new Fact.AttemptHandedOver(task, attempt.number, jobs);
    }

    /** Whether the workflow would make it with something else now than it began with. */
    boolean hasOlderText(JobRun run) {
        JobRecord.Made began = run.made;
        if (began == null || run.settings() == null) {
            return false;
        }
        JobFingerprint now = JobFingerprint.of(run.ready(), run.command(), request, files);
        return !now.code().equals(began.code())
                || !now.params().equals(began.params())
                || !now.input().equals(began.inputSet());
    }

    JobRecord of(JobRun run, List<JobRecord.Output> outputs) {
        files.forget(outputs.stream().map(JobRecord.Output::path).toList());
        AttemptReport.Ended end = run.end();
        return new JobRecord(
                new Key(run.job().key()),
                run.rule(),
                run.wildcards().toMap(),
                outputs,
                withChecksums(run),
                logs(run),
                end == null || end.logSize() == 0 ? "" : run.log,
                end == null ? new JobRecord.Usage(-1, -1, -1, -1, -1) : usage(end));
    }

    private static List<String> logs(JobRun run) {
        return run.job().log().items().stream().map(JobFile::path).toList();
    }

    private static JobRecord.Usage usage(AttemptReport.Ended end) {
        double cpu = end.usage().userSeconds() + end.usage().systemSeconds();
        int code = end.exit() instanceof Exit.Code(int number) ? number : 0;
        return new JobRecord.Usage(
                end.startMillis(),
                end.endMillis(),
                code,
                Math.round(cpu * 1000),
                end.usage().maxRssKiB() * 1024);
    }

    private JobRecord.Made withChecksums(JobRun run) {
        JobRecord.Made made = made(run);
        return run.job().output().isEmpty() ? made : made.with(checksums(run));
    }

    private JobRecord.Made made(JobRun run) {
        JobRecord.Made known = run.made;
        if (known == null) {
            known = now(run);
            run.made = known;
        }
        return known;
    }

    private JobRecord.Made now(JobRun run) {
        JobFingerprint print = JobFingerprint.of(run.ready(), run.command(), request, files);
        List<String> inputs = new ArrayList<>(run.job().input().items().size());
        for (JobFile file : run.job().input().items()) {
            inputs.add(file.path());
        }
        return new JobRecord.Made(
                run.command(),
                print.command(),
                print.code(),
                print.params(),
                inputs,
                print.input(),
                print.software(),
                List.of());
    }

    private List<JobRecord.Checksum> checksums(JobRun run) {
        List<String> paths = new ArrayList<>();
        for (JobFile file : run.job().input().items()) {
            if (!file.stream() && !file.directory()) {
                paths.add(file.path());
            }
        }
        List<JobRecord.Checksum> sums = new ArrayList<>(paths.size());
        List<FileFact> facts = files.look(paths);
        for (int i = 0; i < paths.size(); i++) {
            FileFact fact = facts.get(i);
            if (fact.exists()
                    && !changedMeanwhile(run, fact)
                    && !fact.directory()
                    && fact.size() <= request.rerun().maxChecksumSize()) {
                String sum = checksum(paths.get(i), fact);
                if (!sum.isEmpty()) {
                    sums.add(new JobRecord.Checksum(paths.get(i), sum));
                }
            }
        }
        return sums;
    }

    /**
     * A job that ended while no engine looked may have read another text than the file has now:
     * then its time decides.
     */
    private static boolean changedMeanwhile(JobRun run, FileFact fact) {
        return run.adopted && fact.newestNanos() / 1_000_000 > run.preparedMillis;
    }

    /** An input of many jobs is read once. */
    private String checksum(String path, FileFact fact) {
        Known known = checksums.get(path);
        if (known == null || !known.fact().equals(fact)) {
            known = new Known(fact, files.sha256(path));
            checksums.put(path, known);
        }
        return known.sha256();
    }
}
