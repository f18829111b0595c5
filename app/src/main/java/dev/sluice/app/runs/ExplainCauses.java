package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.files.FileFacts;
import dev.sluice.engine.journal.Provenance;
import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Reason;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What makes a job of a plan run, cause by cause, in words and with the jobs that are behind it.
 */
final class ExplainCauses {
    private final Plan plan;
    private final FileFacts files;
    private final Provenance past;
    private final ExplainChanges changes;

    ExplainCauses(ExplainWorkflow workflow, Plan plan, Times times) {
        this.plan = plan;
        this.files = workflow.files();
        this.past = workflow.past();
        changes = new ExplainChanges(workflow, plan, times);
    }

    enum Kind {
        FORCED,
        INCOMPLETE,
        LOST_OUTPUT,
        NO_OUTPUT,
        NOT_MADE_YET,
        MISSING,
        UPDATED_INPUT,
        MADE_ANEW,
        INPUT_SET,
        CODE,
        PARAMS,
        SOFTWARE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One cause.
     *
     * @param jobs those behind it: that make the inputs, or that need the missing outputs
     */
    record Cause(Kind kind, String text, List<String> files, List<Integer> jobs) {
        /** Whether it lies in the job itself, so that no other job has to be looked at. */
        boolean isRoot() {
            return switch (kind) {
                case MADE_ANEW -> false;
                case MISSING -> jobs.isEmpty();
                case FORCED,
                        INCOMPLETE,
                        LOST_OUTPUT,
                        NO_OUTPUT,
                        NOT_MADE_YET,
                        UPDATED_INPUT,
                        INPUT_SET,
                        CODE,
                        PARAMS,
                        SOFTWARE ->
                        true;
            };
        }
    }

    Named named(int job) {
        PlannedJob planned = plan.job(job);
        return new Named(planned.key(), planned.rule().name(), planned.wildcards().toMap());
    }

    String selector(int job) {
        return named(job).selector();
    }

    /** The causes, those that lie in the job itself first; none where it does not run. */
    List<Cause> of(int job) {
        Reason reason = plan.reason(job);
        List<Cause> causes = new ArrayList<>();
        if (reason.forced()) {
            forced(job, causes);
        }
        List<String> lost = reason.lostOutput();
        if (!lost.isEmpty()) {
            causes.add(
                    cause(
                            Kind.LOST_OUTPUT,
                            ExplainWords.some(lost)
                                    + ExplainWords.is(lost)
                                    + "not as its job left it before the machine was restarted",
                            lost));
        }
        if (reason.noInputOrOutput() || reason.noOutput()) {
            causes.add(
                    cause(
                            Kind.NO_OUTPUT,
                            "a rule without output runs each time it is asked for",
                            List.of()));
        }
        causes.addAll(changes.of(job, reason));
        missing(job, reason, causes);
        updated(job, reason, causes);
        madeAnew(job, reason, causes);
        return causes;
    }

    private static Cause cause(Kind kind, String text, List<String> files) {
        return new Cause(kind, text, files, List.of());
    }

    /** What a job began and did not finish is forced too. */
    private void forced(int job, List<Cause> causes) {
        List<String> begun =
                outputs(job).stream()
                        .filter(
                                path -> {
                                    OutputRecord record = past.of(path);
                                    return record != null && record.incomplete();
                                })
                        .toList();
        causes.add(
                begun.isEmpty()
                        ? cause(Kind.FORCED, "the command line forces it", List.of())
                        : cause(
                                Kind.INCOMPLETE,
                                "an earlier attempt began "
                                        + ExplainWords.some(begun)
                                        + " and did not finish it",
                                begun));
    }

    private void missing(int job, Reason reason, List<Cause> causes) {
        List<String> never = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (String path : reason.missingOutput()) {
            OutputRecord record = past.of(path);
            (record == null || record.fingerprint() == null ? never : gone).add(path);
        }
        if (!never.isEmpty()) {
            String text = ExplainWords.some(never) + ExplainWords.has(never) + "not been made yet";
            causes.add(cause(Kind.NOT_MADE_YET, text, never));
        }
        if (!gone.isEmpty()) {
            List<Integer> users = plan.target(job) ? List.of() : usersOf(job, gone);
            String text =
                    ExplainWords.some(gone)
                            + ExplainWords.is(gone)
                            + "not there any more"
                            + (users.isEmpty() ? "" : ", and " + selectors(users) + needs(users));
            causes.add(new Cause(Kind.MISSING, text, gone, users));
        }
    }

    private static String needs(List<Integer> users) {
        return users.size() == 1 ? " needs it" : " need it";
    }

    private List<Integer> usersOf(int job, List<String> paths) {
        Set<String> wanted = new LinkedHashSet<>(paths);
        List<Integer> users = new ArrayList<>();
        for (int user : plan.dependents(job)) {
            boolean uses =
                    plan.runs(user)
                            && plan.job(user).input().items().stream()
                                    .map(JobFile::path)
                                    .anyMatch(wanted::contains);
            if (uses) {
                users.add(user);
            }
        }
        return users;
    }

    private void updated(int job, Reason reason, List<Cause> causes) {
        Set<String> byJob = new LinkedHashSet<>(reason.updatedByJob());
        List<String> updated =
                reason.updatedInput().stream().filter(path -> !byJob.contains(path)).toList();
        if (updated.isEmpty()) {
            return;
        }
        FileFact input = files.look(List.of(updated.getFirst())).getFirst();
        String text =
                (updated.size() == 1 ? "its input " : "its inputs ")
                        + ExplainWords.some(updated)
                        + ExplainWords.has(updated)
                        + "changed"
                        + (input.exists() ? " " + changes.ago(input.newestNanos()) : "")
                        + ", after "
                        + changes.madeWhen(job);
        causes.add(cause(Kind.UPDATED_INPUT, text, updated));
    }

    private void madeAnew(int job, Reason reason, List<Cause> causes) {
        List<String> paths = reason.updatedByJob();
        if (paths.isEmpty()) {
            return;
        }
        Set<String> wanted = new LinkedHashSet<>(paths);
        List<Integer> makers = new ArrayList<>();
        for (int needed : plan.needs(job)) {
            boolean makes =
                    plan.runs(needed) && outputs(needed).stream().anyMatch(wanted::contains);
            if (makes) {
                makers.add(needed);
            }
        }
        boolean there = files.look(paths).stream().allMatch(FileFact::exists);
        String text =
                (paths.size() == 1 ? "its input " : "its inputs ")
                        + ExplainWords.some(paths)
                        + ExplainWords.is(paths)
                        + (there ? "made anew" : "still to be made")
                        + (makers.isEmpty() ? "" : " by " + selectors(makers));
        causes.add(new Cause(Kind.MADE_ANEW, text, paths, makers));
    }

    private String selectors(List<Integer> jobs) {
        List<String> first = jobs.stream().limit(ExplainWords.ENOUGH).map(this::selector).toList();
        return ExplainWords.some(first, jobs.size());
    }

    List<String> outputs(int job) {
        return plan.job(job).output().items().stream().map(JobFile::path).toList();
    }
}
