package dev.sluice.app.inspect;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.Formatted;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.JobFingerprint;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.PastOutputs;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Template;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Compares how outputs were made with how they would be made now. Knows nothing of an output whose
 * making is not on record, and nothing of a job whose settings cannot be found now: neither counts
 * as changed.
 */
public final class Changes {
    private final Plan plan;
    private final FileFacts files;
    private final PastOutputs past;
    private final JobEvaluation evaluation;
    private final PlanRequest request;
    private @Nullable Map<Integer, JobSettings> settings;
    private final Map<Integer, JobFingerprint> now = new LinkedHashMap<>();

    Changes(
            Plan plan,
            FileFacts files,
            PastOutputs past,
            JobEvaluation evaluation,
            PlanRequest request) {
        this.plan = plan;
        this.files = files;
        this.past = past;
        this.evaluation = evaluation;
        this.request = request;
    }

    /** What of a job may have changed. */
    public enum Kind {
        CODE,
        INPUT,
        PARAMS
    }

    /** The outputs of a job that were made another way. */
    List<String> outputs(int job, Kind kind) {
        List<String> changed = new ArrayList<>();
        List<String> older = kind == Kind.CODE ? olderThanScript(job) : List.of();
        for (JobFile file : plan.job(job).output().items()) {
            if (changed(job, file.path(), kind) || older.contains(file.path())) {
                changed.add(file.path());
            }
        }
        return changed;
    }

    boolean changed(int job, String output, Kind kind) {
        JobSettings found = settingsByJob().get(job);
        OutputRecord record = past.of(output);
        JobFingerprint before = record == null ? null : record.fingerprint();
        if (found == null || before == null) {
            return false;
        }
        JobFingerprint after =
                now.computeIfAbsent(job, any -> JobFingerprint.of(found, "", request, files));
        return switch (kind) {
            case CODE -> both(before.code(), after.code()) && !before.code().equals(after.code());
            case INPUT -> !before.input().equals(after.input());
            case PARAMS ->
                    !found.undetermined()
                            && !new LinkedHashSet<>(before.params())
                                    .equals(new LinkedHashSet<>(after.params()));
        };
    }

    /** Scripts, among others, have no code to compare. */
    private static boolean both(String before, String after) {
        return !before.isEmpty() && !after.isEmpty();
    }

    /** Settings of the jobs with an output on record. */
    List<JobSettings> settings() {
        return List.copyOf(settingsByJob().values());
    }

    private Map<Integer, JobSettings> settingsByJob() {
        Map<Integer, JobSettings> known = settings;
        if (known == null) {
            known = evaluate();
            settings = known;
        }
        return known;
    }

    private Map<Integer, JobSettings> evaluate() {
        List<PlannedJob> jobs = plan.jobs().stream().map(plan::job).filter(this::onRecord).toList();
        Map<Integer, JobSettings> found = new LinkedHashMap<>();
        if (!jobs.isEmpty()) {
            for (Evaluation result : evaluation.evaluate(jobs, 1)) {
                if (result instanceof Evaluation.Ready(JobSettings ready)) {
                    found.put(ready.job().id(), ready);
                }
            }
        }
        return found;
    }

    private boolean onRecord(PlannedJob job) {
        return job.output().items().stream().anyMatch(file -> hasFingerprint(file.path()));
    }

    private boolean hasFingerprint(String path) {
        OutputRecord record = past.of(path);
        return record != null && record.fingerprint() != null;
    }

    /** Scripts have no code on record; their files tell by their times. */
    private List<String> olderThanScript(int job) {
        JobSettings found = settingsByJob().get(job);
        Template template = found == null ? null : Template.script(found);
        if (template == null || !List.of("script", "notebook").contains(template.what())) {
            return List.of();
        }
        if (!(evaluation.format(List.of(template)).getFirst()
                instanceof Formatted.Text(String path))) {
            return List.of();
        }
        List<String> paths = new ArrayList<>();
        paths.add(Path.of(plan.job(job).rule().place().baseDir()).resolve(path).toString());
        plan.job(job).output().items().forEach(file -> paths.add(file.path()));
        List<FileFact> facts = files.look(paths);
        FileFact script = facts.getFirst();
        List<String> older = new ArrayList<>();
        for (int i = 1; i < paths.size(); i++) {
            FileFact output = facts.get(i);
            if (script.exists()
                    && output.exists()
                    && output.modifiedNanos() < script.modifiedNanos()) {
                older.add(paths.get(i));
            }
        }
        return older;
    }
}
