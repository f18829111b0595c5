package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a job stands in a run that goes on, and what it waits for. */
final class ExplainProgress {
    private final ExplainWorkflow workflow;
    private final Plan plan;
    private final RunView view;
    private final ExplainPlan planned;
    private final Times times;

    ExplainProgress(ExplainWorkflow workflow, RunView view, ExplainPlan planned, Times times) {
        this.workflow = workflow;
        this.plan = workflow.plan();
        this.view = view;
        this.planned = planned;
        this.times = times;
    }

    Explanation of(int job) {
        JobView seen = seen(job);
        if (seen != null) {
            return attempted(job, seen);
        }
        if (!plan.runs(job)) {
            return planned.of(job);
        }
        return waiting(job);
    }

    /** What the run says of the job under its present plan, or null where it has not come to it. */
    private @Nullable JobView seen(int job) {
        JobView seen = view.job(new Key(plan.key(job)));
        if (seen == null) {
            return null;
        }
        boolean counts =
                view.isCurrent(seen)
                        || seen.state() == JobState.FINISHED && !plan.runs(job)
                        || seen.state().isOpen();
        return counts ? seen : null;
    }

    private Explanation attempted(int job, JobView seen) {
        Named named = planned.named(job);
        AttemptView attempt = seen.lastAttempt();
        String name = named.selector();
        if (attempt == null) {
            boolean cancelled = seen.state() == JobState.CANCELLED;
            return told(
                    cancelled ? Answer.CANCELLED : Answer.FAILED,
                    job,
                    seen,
                    name + givenUp(seen));
        }
        return switch (stateOf(seen, attempt)) {
            case STARTED ->
                    runs(
                            job,
                            attempt,
                            name
                                    + " is handed to "
                                    + attempt.executor()
                                    + " and has not been started there yet ("
                                    + attemptText(attempt)
                                    + ", "
                                    + times.ago(attempt.startedMillis())
                                    + ")");
            case RUNNING ->
                    runs(
                            job,
                            attempt,
                            name
                                    + " has been running for "
                                    + Times.span(attempt.durationMillis(times.now()))
                                    + " ("
                                    + attemptText(attempt)
                                    + ", "
                                    + attempt.executor()
                                    + ")");
            case ENDING ->
                    runs(job, attempt, name + " has ended, and its files are being looked after");
            case FINISHED -> finished(job, attempt);
            case AGAIN ->
                    told(
                            Answer.AGAIN,
                            job,
                            seen,
                            name
                                    + " is tried again soon, since "
                                    + attemptText(attempt)
                                    + " came to nothing"
                                    + because(seen));
            case FAILED ->
                    told(
                            Answer.FAILED,
                            job,
                            seen,
                            name + " failed" + exit(attempt) + because(seen));
            case SKIPPED ->
                    told(
                            Answer.HELD_BACK,
                            job,
                            seen,
                            name + " is not run, since a job that it goes together with failed");
            case CANCELLED -> told(Answer.CANCELLED, job, seen, name + " was cancelled");
        };
    }

    /** On this machine what is handed over runs: nobody says so once more. */
    private static JobState stateOf(JobView job, AttemptView attempt) {
        boolean here = attempt.executor().equals("local") && !attempt.reason().isEmpty();
        return job.state() == JobState.STARTED && here ? JobState.RUNNING : job.state();
    }

    private static String attemptText(AttemptView attempt) {
        return "attempt " + attempt.number();
    }

    private static String exit(AttemptView attempt) {
        return attempt.exitCode() > 0 ? " with exit code " + attempt.exitCode() : "";
    }

    private static String because(JobView seen) {
        return seen.failure().isEmpty() ? "" : ": " + seen.failure();
    }

    private Explanation runs(int job, AttemptView attempt, String sentence) {
        String why = attempt.reason();
        List<Link> chain = new ArrayList<>();
        if (!why.isEmpty()) {
            chain.add(reason(planned.named(job), "it runs for: " + why));
        }
        var hints = new ArrayList<>(planned.hints(job));
        hints.add("what it prints: sluice logs " + Commands.quoted(attempt.name()) + " -f");
        return new Explanation(Answer.RUNNING, planned.named(job), sentence, chain, hints);
    }

    private static Link reason(Named job, String text) {
        return new Link(0, job, "reason", text, List.of());
    }

    private Explanation finished(int job, AttemptView attempt) {
        Named named = planned.named(job);
        String sentence =
                named.selector()
                        + " finished "
                        + times.ago(attempt.endedMillis())
                        + ", after "
                        + Times.span(attempt.durationMillis(times.now()));
        List<Link> chain =
                attempt.reason().isEmpty()
                        ? List.of()
                        : List.of(reason(named, "it ran for: " + attempt.reason()));
        return new Explanation(Answer.FINISHED, named, sentence, chain, planned.hints(job));
    }

    /** Without an attempt. */
    private static String givenUp(JobView seen) {
        return seen.state() == JobState.CANCELLED
                ? " was cancelled before it was started"
                : " was given up before it was started" + because(seen);
    }

    private Explanation told(Answer answer, int job, JobView seen, String sentence) {
        var hints = new ArrayList<>(planned.hints(job));
        AttemptView attempt = seen.lastAttempt();
        if (attempt != null) {
            hints.add("what it printed: sluice logs " + Commands.quoted(attempt.name()));
        }
        return new Explanation(answer, planned.named(job), sentence, List.of(), hints);
    }

    // Waiting ----------------------------------------------------------------------------------

    private Explanation waiting(int job) {
        Named named = planned.named(job);
        if (view.head().stopping()) {
            return held(
                    job,
                    named.selector() + " is not started: the run was asked to stop",
                    List.of());
        }
        Map<Integer, Integer> wantedBy = upstream(job);
        int failed = first(wantedBy, JobState.FAILED, JobState.SKIPPED, JobState.CANCELLED);
        if (failed >= 0) {
            return blocked(job, failed, wantedBy);
        }
        if (!view.failed().isEmpty() && !workflow.keepsGoing()) {
            return held(
                    job,
                    named.selector()
                            + " is not started: "
                            + view.failed().getFirst().title()
                            + " failed, and nothing new is started after that",
                    List.of("with -k (--keep-going) jobs that do not need it would go on"));
        }
        if (wantedBy.size() > 1) {
            return waitsForJobs(job, wantedBy);
        }
        return new ExplainRoom(workflow, view, planned).of(job);
    }

    private Explanation held(int job, String sentence, List<String> more) {
        var hints = new ArrayList<>(planned.hints(job));
        hints.addAll(more);
        return new Explanation(
                Answer.HELD_BACK, planned.named(job), sentence, planned.chain(job), hints);
    }

    /** All unfinished jobs that it needs, itself first, each with the job that wanted it. */
    private Map<Integer, Integer> upstream(int job) {
        Map<Integer, Integer> wantedBy = new LinkedHashMap<>();
        wantedBy.put(job, -1);
        Deque<Integer> left = new ArrayDeque<>(List.of(job));
        while (!left.isEmpty()) {
            int next = left.remove();
            for (int needed : plan.needs(next)) {
                if (!wantedBy.containsKey(needed) && isToCome(needed)) {
                    wantedBy.put(needed, next);
                    left.add(needed);
                }
            }
        }
        return wantedBy;
    }

    private boolean isToCome(int job) {
        JobView seen = seen(job);
        return seen == null ? plan.runs(job) : seen.state() != JobState.FINISHED;
    }

    private int first(Map<Integer, Integer> jobs, JobState... states) {
        for (int job : jobs.keySet()) {
            JobView seen = seen(job);
            if (seen != null && List.of(states).contains(seen.state())) {
                return job;
            }
        }
        return -1;
    }

    private Explanation blocked(int job, int failed, Map<Integer, Integer> wantedBy) {
        List<Link> chain = path(job, failed, wantedBy);
        Link last = chain.getLast();
        String sentence =
                planned.named(job).selector()
                        + " is not run, since it needs "
                        + last.job().selector()
                        + ", which "
                        + last.text();
        return new Explanation(
                Answer.HELD_BACK, planned.named(job), sentence, chain, planned.hints(job));
    }

    private Explanation waitsForJobs(int job, Map<Integer, Integer> wantedBy) {
        int running = first(wantedBy, JobState.RUNNING, JobState.STARTED, JobState.ENDING);
        int root = running >= 0 ? running : ready(wantedBy);
        List<Link> chain = path(job, root, wantedBy);
        Link last = chain.getLast();
        int all = wantedBy.size() - 1;
        String sentence =
                planned.named(job).selector()
                        + " waits for "
                        + (all == 1
                                ? ""
                                : ExplainWords.count(all, "job") + ", the nearest of them ")
                        + last.job().selector()
                        + ", which "
                        + last.text();
        return new Explanation(
                Answer.WAITS, planned.named(job), sentence, chain, planned.hints(job));
    }

    /** One that waits for no other job. */
    private int ready(Map<Integer, Integer> wantedBy) {
        for (int job : wantedBy.keySet()) {
            boolean waits = false;
            for (int needed : plan.needs(job)) {
                waits |= wantedBy.containsKey(needed);
            }
            if (!waits) {
                return job;
            }
        }
        return wantedBy.keySet().iterator().next();
    }

    /** From the job that was asked about to the one that it waits for in the end. */
    private List<Link> path(int from, int to, Map<Integer, Integer> wantedBy) {
        List<Integer> jobs = new ArrayList<>();
        for (int at = to; at >= 0; at = wantedBy.getOrDefault(at, -1)) {
            jobs.add(at);
        }
        Collections.reverse(jobs);
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            int job = jobs.get(i);
            boolean last = i == jobs.size() - 1;
            String text =
                    last
                            ? state(job)
                            : "waits for "
                                    + planned.named(jobs.get(i + 1)).selector()
                                    + others(job, wantedBy);
            links.add(new Link(i, planned.named(job), last ? "state" : "waits", text, List.of()));
        }
        return links;
    }

    private String others(int job, Map<Integer, Integer> wantedBy) {
        int count = 0;
        for (int needed : plan.needs(job)) {
            count += wantedBy.containsKey(needed) ? 1 : 0;
        }
        return count > 1 ? " and " + (count - 1) + " more" : "";
    }

    /** As it stands behind {@code which}. */
    private String state(int job) {
        JobView seen = seen(job);
        AttemptView attempt = seen == null ? null : seen.lastAttempt();
        if (seen == null || attempt == null) {
            return seen == null ? "has not been started yet" : givenUp(seen).strip();
        }
        return switch (stateOf(seen, attempt)) {
            case STARTED -> "is handed to " + attempt.executor();
            case RUNNING ->
                    "has been running for " + Times.span(attempt.durationMillis(times.now()));
            case ENDING -> "has just ended";
            case FINISHED -> "has finished";
            case AGAIN -> "is tried again soon" + because(seen);
            case FAILED -> "failed" + exit(attempt) + because(seen);
            case SKIPPED -> "was not run";
            case CANCELLED -> "was cancelled";
        };
    }
}
