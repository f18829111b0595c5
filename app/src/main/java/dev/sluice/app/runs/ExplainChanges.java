package dev.sluice.app.runs;

import dev.sluice.app.runs.ExplainCauses.Cause;
import dev.sluice.app.runs.ExplainCauses.Kind;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Reason;
import dev.sluice.engine.schedule.JobRecord;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is different in a job from how its outputs were made. */
final class ExplainChanges {
    private final Plan plan;
    private final FileFacts files;
    private final Provenance past;
    private final Times times;

    ExplainChanges(ExplainWorkflow workflow, Plan plan, Times times) {
        this.plan = plan;
        this.files = workflow.files();
        this.past = workflow.past();
        this.times = times;
    }

    List<Cause> of(int job, Reason reason) {
        List<Cause> causes = new ArrayList<>();
        if (reason.codeChanged()) {
            String text = "the code of its rule has changed since " + madeWhen(job);
            causes.add(cause(Kind.CODE, text));
        }
        if (reason.paramsChanged()) {
            String text =
                    "its params have changed ("
                            + side("before", reason.paramsBefore())
                            + ", "
                            + side("now", reason.paramsNow())
                            + ")";
            causes.add(cause(Kind.PARAMS, text));
        }
        if (reason.inputChanged()) {
            causes.add(cause(Kind.INPUT_SET, "its set of inputs has changed" + setDifference(job)));
        }
        if (reason.softwareChanged()) {
            String text = "its software environment has changed since " + madeWhen(job);
            causes.add(cause(Kind.SOFTWARE, text));
        }
        return causes;
    }

    private static Cause cause(Kind kind, String text) {
        return new Cause(kind, text, List.of(), List.of());
    }

    private static String side(String when, List<String> params) {
        return when + ": " + (params.isEmpty() ? "none of these" : String.join(", ", params));
    }

    /** Empty where there is no record of the inputs. */
    private String setDifference(int job) {
        for (String path : outputs(job)) {
            JobRecord made = past.jobOf(path);
            if (made != null) {
                return setDifference(job, new LinkedHashSet<>(made.made().inputs()));
            }
        }
        return "";
    }

    private String setDifference(int job, Set<String> before) {
        Set<String> now = new LinkedHashSet<>();
        plan.job(job).input().items().forEach(file -> now.add(file.path()));
        List<String> added = now.stream().filter(path -> !before.contains(path)).toList();
        List<String> gone = before.stream().filter(path -> !now.contains(path)).toList();
        List<String> parts = new ArrayList<>();
        if (!added.isEmpty()) {
            parts.add("new: " + ExplainWords.some(added));
        }
        if (!gone.isEmpty()) {
            parts.add("no longer: " + ExplainWords.some(gone));
        }
        return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
    }

    /** {@code sorted/A.txt was made (2 d ago)}. */
    String madeWhen(int job) {
        List<String> outputs = outputs(job);
        List<FileFact> facts = files.look(outputs);
        for (int i = 0; i < outputs.size(); i++) {
            if (facts.get(i).exists()) {
                return outputs.get(i) + " was made (" + ago(facts.get(i).modifiedNanos()) + ")";
            }
        }
        return "it ran";
    }

    String ago(long nanos) {
        return times.ago(nanos / 1_000_000);
    }

    private List<String> outputs(int job) {
        return plan.job(job).output().items().stream().map(JobFile::path).toList();
    }
}
