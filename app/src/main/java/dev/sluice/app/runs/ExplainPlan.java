package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlannedJob;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Why a job of a plan would run, or why it would not. Looks at no run. */
final class ExplainPlan {
    private final ExplainWorkflow workflow;
    private final Plan plan;
    private final ExplainCauses causes;
    private final ExplainChain chain;
    private final Times times;

    ExplainPlan(ExplainWorkflow workflow, Plan plan, Times times) {
        this.workflow = workflow;
        this.plan = plan;
        this.times = times;
        causes = new ExplainCauses(workflow, plan, times);
        chain = new ExplainChain(plan, causes);
    }

    Named named(int job) {
        return causes.named(job);
    }

    Explanation of(int job) {
        return plan.runs(job) ? runs(job, Answer.WOULD_RUN, "") : upToDate(job);
    }

    /**
     * A job that runs.
     *
     * @param before what is to be said before it
     */
    Explanation runs(int job, Answer answer, String before) {
        Named named = causes.named(job);
        String sentence =
                (before.isEmpty() ? named.selector() + " would run because " : before)
                        + chain.because(job);
        return new Explanation(answer, named, sentence, chain.of(job), hints(job));
    }

    /** Why it runs, as the end of a sentence. */
    String because(int job) {
        return chain.because(job);
    }

    List<Explanation.Link> chain(int job) {
        return chain.of(job);
    }

    List<String> hints(int job) {
        PlannedJob planned = plan.job(job);
        List<String> hints = new ArrayList<>();
        if (planned.incomplete()) {
            hints.add(
                    "it waits for a checkpoint: more inputs, and more jobs, may turn up when that"
                            + " has finished");
        }
        if (plan.checkpoint(job) && plan.runs(job)) {
            hints.add("it is a checkpoint: the plan is made anew when it has finished");
        }
        return hints;
    }

    private Explanation upToDate(int job) {
        PlannedJob planned = plan.job(job);
        Named named = causes.named(job);
        List<String> hints = hints(job);
        return new Explanation(
                Answer.UP_TO_DATE,
                named,
                named.selector() + " does not run: " + still(planned, hints),
                List.of(),
                hints);
    }

    private String still(PlannedJob job, List<String> hints) {
        List<String> outputs = causes.outputs(job.id());
        if (outputs.isEmpty()) {
            return job.onlyCollects()
                    ? "it only collects its inputs, and all of them are up to date"
                    : "nothing asks for it";
        }
        List<FileFact> facts = workflow.files().look(outputs);
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (!facts.get(i).exists()) {
                absent.add(outputs.get(i));
            }
        }
        if (!absent.isEmpty()) {
            return ExplainWords.some(absent)
                    + ExplainWords.is(absent)
                    + "not there, but nothing that is to be made needs "
                    + (absent.size() == 1 ? "it" : "them");
        }
        OutputRecord record = recordOf(outputs);
        String all = outputs.size() == 1 ? outputs.getFirst() + " is" : "all its outputs are";
        if (record == null) {
            hints.add(
                    "there is no record of how it was made: only the times of its files were"
                            + " compared");
            return all + " there and not older than the inputs";
        }
        hints.add(
                "how it was made: "
                        + AskedFrom.typedOfRun("history " + Commands.quoted(outputs.getFirst())));
        return all
                + " there"
                + (record.endedMillis() > 0 ? ", made " + times.ago(record.endedMillis()) : "")
                + ", and nothing that it was made from has changed since";
    }

    private @Nullable OutputRecord recordOf(List<String> outputs) {
        for (String path : outputs) {
            OutputRecord record = workflow.past().of(path);
            if (record != null && record.fingerprint() != null) {
                return record;
            }
        }
        return null;
    }
}
