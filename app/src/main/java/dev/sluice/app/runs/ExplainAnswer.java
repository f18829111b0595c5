package dev.sluice.app.runs;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Planned;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunStanding;
import dev.sluice.engine.view.RunStanding.State;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what a word means, in the plan and in the run, and who has to answer for it. */
final class ExplainAnswer {
    private final ExplainWorkflow workflow;
    private final RunView view;
    private final @Nullable RunFolder run;
    private final @Nullable RunStanding standing;
    private final Times times;
    private final ExplainPlan planned;

    /**
     * @param run null where none is looked at; {@code standing} likewise
     */
    ExplainAnswer(
            ExplainWorkflow workflow,
            RunView view,
            @Nullable RunFolder run,
            @Nullable RunStanding standing,
            Times times) {
        this.workflow = workflow;
        this.view = view;
        this.run = run;
        this.standing = standing;
        this.times = times;
        planned = new ExplainPlan(workflow, workflow.plan(), times);
    }

    /**
     * The answer; a {@link UsageError} where the word means nothing, or several jobs.
     *
     * @param folder where the user stands
     */
    Explanation of(String word, Path folder) {
        var choice = new ExplainChoice(workflow.plan(), workflow.folder(), folder, word);
        int job = choice.job();
        if (job >= 0) {
            return ofJob(job);
        }
        ExplainChoice.Source source = choice.source();
        if (source != null) {
            return source(source);
        }
        return notInPlan(word, folder);
    }

    private Explanation ofJob(int job) {
        if (standing == null) {
            return planned.of(job);
        }
        return switch (standing.state()) {
            case RUNNING, ELSEWHERE -> new ExplainProgress(workflow, view, planned, times).of(job);
            case PLANNING -> hinted(planned.of(job), "the run is still being planned");
            case BROKEN_OFF, FAILED, STOPPED -> afterwards(job, standing.state());
            case SUCCEEDED -> planned.of(job);
        };
    }

    private static Explanation hinted(Explanation explanation, String hint) {
        var hints = new ArrayList<>(explanation.hints());
        hints.add(hint);
        return new Explanation(
                explanation.answer(),
                explanation.job(),
                explanation.sentence(),
                explanation.chain(),
                hints);
    }

    /** The run has not made all that it was to make: what came of this job comes first. */
    private Explanation afterwards(int job, State state) {
        JobView seen = view.job(new Key(workflow.plan().key(job)));
        boolean counts = seen != null && view.isCurrent(seen);
        if (!workflow.plan().runs(job) || run == null) {
            return planned.of(job);
        }
        String resume = "go on: " + AskedFrom.typed("resume " + run.id());
        if (seen == null || !counts) {
            return hinted(planned.of(job), "run " + run.id() + " did not come to it; " + resume);
        }
        String name = planned.named(job).selector();
        String again = ", and it would run again because ";
        return switch (seen.state()) {
            case FAILED ->
                    hinted(
                            planned.runs(
                                    job,
                                    Answer.FAILED,
                                    name + " failed in run " + run.id() + failure(seen) + again),
                            "what it printed: "
                                    + AskedFrom.typedOfRun("logs " + Commands.quoted(name)));
            case CANCELLED, SKIPPED ->
                    hinted(
                            planned.runs(
                                    job,
                                    Answer.CANCELLED,
                                    name + " was stopped in run " + run.id() + again),
                            resume);
            case STARTED, RUNNING, ENDING ->
                    hinted(
                            planned.runs(
                                    job,
                                    Answer.WOULD_RUN,
                                    name
                                            + " was under way when run "
                                            + run.id()
                                            + (state == State.BROKEN_OFF ? " broke off" : " ended")
                                            + again),
                            state == State.BROKEN_OFF
                                    ? resume + "; it adopts what still runs"
                                    : resume);
            case AGAIN, FINISHED -> hinted(planned.of(job), resume);
        };
    }

    private static String failure(JobView job) {
        return job.failure().isEmpty() ? "" : " (" + job.failure() + ")";
    }

    private Explanation source(ExplainChoice.Source source) {
        Plan plan = workflow.plan();
        FileFact fact = workflow.files().look(List.of(source.path())).getFirst();
        List<String> readers =
                source.readers().stream().map(id -> planned.named(id).selector()).toList();
        String sentence =
                source.path()
                        + " is a source file: no job makes it; "
                        + ExplainWords.some(readers)
                        + (readers.size() == 1 ? " reads it" : " read it")
                        + (fact.exists()
                                ? ", and it was changed "
                                        + times.ago(fact.newestNanos() / 1_000_000)
                                : ", and it is not there");
        List<Link> chain = new ArrayList<>();
        for (int reader : source.readers().subList(0, Math.min(3, source.readers().size()))) {
            Named named = planned.named(reader);
            String text =
                    plan.runs(reader)
                            ? "would run because " + planned.because(reader)
                            : "does not run";
            chain.add(new Link(1, named, "reader", text, List.of(source.path())));
        }
        return new Explanation(Answer.SOURCE_FILE, null, sentence, chain, List.of());
    }

    private Explanation gone(JobView job) {
        var named = new Named(job.key().text(), job.rule(), job.wildcards());
        String sentence =
                named.selector()
                        + " belongs to the workflow no more: the run "
                        + (run == null ? "" : run.id() + " ")
                        + "knew it, and as the Snakefile is now no job has its rule, wildcards"
                        + " and outputs";
        return new Explanation(Answer.GONE, named, sentence, List.of(), List.of());
    }

    /** Plans it alone: that tells whether a rule makes it, and else what is near. */
    private Explanation notInPlan(String word, Path folder) {
        return switch (workflow.planFor(word)) {
            case Planned.Made made -> couldBeMade(word, made.plan());
            case Planned.Refused refused -> {
                var known = new JobChoice(workflow.folder(), folder, word).in(view);
                if (known == null) {
                    throw refused(refused.problems().getFirst());
                }
                yield gone(known.job());
            }
        };
    }

    private static UsageError refused(Problem problem) {
        return new UsageError(problem.message(), problem.hint());
    }

    private Explanation couldBeMade(String word, Plan other) {
        var explained = new ExplainPlan(workflow, other, times);
        int job = target(other);
        if (job < 0) {
            return new Explanation(
                    Answer.SOURCE_FILE,
                    null,
                    word + " is a file that no job makes and none of the run reads",
                    List.of(),
                    List.of());
        }
        Explanation alone = explained.of(job);
        return new Explanation(
                Answer.NOT_ASKED_FOR,
                alone.job(),
                "nothing that is to be made needs "
                        + word
                        + ", which "
                        + explained.named(job).selector()
                        + " makes",
                alone.chain(),
                List.of("make it: sluice run " + Commands.quoted(word)));
    }

    private static int target(Plan plan) {
        return plan.jobs().stream().filter(plan::target).findFirst().orElse(-1);
    }
}
