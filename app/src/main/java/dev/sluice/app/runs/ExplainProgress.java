package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import java.util.ArrayList;
import java.util.List;

/** Where a job stands in a run that goes on. */
final class ExplainProgress {
    private final Plan plan;
    private final ExplainPlan planned;
    private final ExplainSeen seen;
    private final ExplainWaiting waiting;
    private final Times times;

    ExplainProgress(ExplainWorkflow workflow, RunView view, ExplainPlan planned, Times times) {
        this.plan = workflow.plan();
        this.planned = planned;
        this.times = times;
        seen = new ExplainSeen(plan, view, times);
        waiting = new ExplainWaiting(workflow, view, planned, seen);
    }

    Explanation of(int job) {
        JobView known = seen.job(job);
        if (known != null) {
            return known(job, known);
        }
        return plan.runs(job) ? waiting.of(job) : planned.of(job);
    }

    private Explanation known(int job, JobView known) {
        AttemptView attempt = known.lastAttempt();
        String sentence = planned.named(job).selector() + " " + seen.words(job);
        if (attempt == null) {
            boolean cancelled = known.state() == JobState.CANCELLED;
            return new Explanation(
                    cancelled ? Answer.CANCELLED : Answer.FAILED,
                    planned.named(job),
                    sentence,
                    List.of(),
                    planned.hints(job));
        }
        String which = " (attempt " + attempt.number() + ", " + attempt.executor() + ")";
        return switch (ExplainSeen.stateOf(known, attempt)) {
            case STARTED, RUNNING, ENDING -> runs(job, attempt, sentence + which);
            case FINISHED -> finished(job, attempt);
            case AGAIN -> again(job, known, attempt);
            case FAILED -> told(Answer.FAILED, job, attempt, sentence);
            case SKIPPED -> told(Answer.HELD_BACK, job, attempt, sentence);
            case CANCELLED -> told(Answer.CANCELLED, job, attempt, sentence);
        };
    }

    private Explanation runs(int job, AttemptView attempt, String sentence) {
        Named named = planned.named(job);
        var hints = new ArrayList<>(planned.hints(job));
        hints.add(
                "what it prints: "
                        + AskedFrom.typedOfRun("logs " + Commands.quoted(attempt.name()) + " -f"));
        return new Explanation(
                Answer.RUNNING, named, sentence, reason(named, "it runs for: ", attempt), hints);
    }

    private Explanation finished(int job, AttemptView attempt) {
        Named named = planned.named(job);
        String sentence =
                named.selector()
                        + " finished "
                        + times.ago(attempt.endedMillis())
                        + ", after "
                        + Times.span(attempt.durationMillis(times.now()));
        return new Explanation(
                Answer.FINISHED,
                named,
                sentence,
                reason(named, "it ran for: ", attempt),
                planned.hints(job));
    }

    private Explanation again(int job, JobView known, AttemptView attempt) {
        String sentence =
                planned.named(job).selector()
                        + " is tried again soon, since attempt "
                        + attempt.number()
                        + " came to nothing"
                        + ExplainSeen.because(known);
        return told(Answer.AGAIN, job, attempt, sentence);
    }

    private static List<Link> reason(Named job, String before, AttemptView attempt) {
        return attempt.reason().isEmpty()
                ? List.of()
                : List.of(new Link(0, job, "reason", before + attempt.reason(), List.of()));
    }

    private Explanation told(Answer answer, int job, AttemptView attempt, String sentence) {
        var hints = new ArrayList<>(planned.hints(job));
        hints.add(
                "what it printed: "
                        + AskedFrom.typedOfRun("logs " + Commands.quoted(attempt.name())));
        return new Explanation(answer, planned.named(job), sentence, List.of(), hints);
    }
}
