package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.view.JobState;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** What a job that a run has not come to waits for: other jobs, or room, or nothing any more. */
final class ExplainWaiting {
    private final ExplainWorkflow workflow;
    private final Plan plan;
    private final RunView view;
    private final ExplainPlan planned;
    private final ExplainSeen seen;

    ExplainWaiting(ExplainWorkflow workflow, RunView view, ExplainPlan planned, ExplainSeen seen) {
        this.workflow = workflow;
        this.plan = workflow.plan();
        this.view = view;
        this.planned = planned;
        this.seen = seen;
    }

    Explanation of(int job) {
        if (view.head().stopping()) {
            return held(job, " is not started: the run was asked to stop", planned.hints(job));
        }
        SequencedMap<Integer, Integer> wantedBy = upstream(job);
        int failed =
                first(wantedBy, EnumSet.of(JobState.FAILED, JobState.SKIPPED, JobState.CANCELLED));
        if (failed >= 0) {
            return blocked(job, path(failed, wantedBy));
        }
        if (!view.failed().isEmpty() && !workflow.keepsGoing()) {
            return afterFailure(job, view.failed().getFirst());
        }
        return wantedBy.size() > 1
                ? waits(job, wantedBy)
                : new ExplainRoom(workflow, view, planned).of(job);
    }

    private Explanation held(int job, String how, List<String> hints) {
        Named named = planned.named(job);
        return new Explanation(
                Answer.HELD_BACK, named, named.selector() + how, planned.chain(job), hints);
    }

    private Explanation afterFailure(int job, JobView failed) {
        var hints = new ArrayList<>(planned.hints(job));
        hints.add("with -k (--keep-going) jobs that do not need it would go on");
        return held(
                job,
                " is not started: "
                        + JobChoice.selector(failed)
                        + " failed, and nothing new is started after that",
                hints);
    }

    /** All unfinished jobs that it needs, itself first, each with the job that wanted it. */
    private SequencedMap<Integer, Integer> upstream(int job) {
        SequencedMap<Integer, Integer> wantedBy = new LinkedHashMap<>();
        wantedBy.put(job, -1);
        Deque<Integer> left = new ArrayDeque<>(List.of(job));
        while (!left.isEmpty()) {
            int next = left.remove();
            for (int needed : plan.needs(next)) {
                if (!wantedBy.containsKey(needed) && seen.isToCome(needed)) {
                    wantedBy.put(needed, next);
                    left.add(needed);
                }
            }
        }
        return wantedBy;
    }

    /** The nearest of them that stands so, or -1. */
    private int first(SequencedMap<Integer, Integer> jobs, Set<JobState> states) {
        for (int job : jobs.sequencedKeySet()) {
            JobView known = seen.job(job);
            if (known != null && states.contains(known.state())) {
                return job;
            }
        }
        return -1;
    }

    private Explanation blocked(int job, List<Link> chain) {
        Named named = planned.named(job);
        Link last = chain.getLast();
        String sentence =
                named.selector()
                        + " is not run, since it needs "
                        + last.job().selector()
                        + ", which "
                        + last.text();
        return new Explanation(Answer.HELD_BACK, named, sentence, chain, planned.hints(job));
    }

    private Explanation waits(int job, SequencedMap<Integer, Integer> wantedBy) {
        int running =
                first(wantedBy, EnumSet.of(JobState.RUNNING, JobState.STARTED, JobState.ENDING));
        List<Link> chain = path(running >= 0 ? running : ready(wantedBy), wantedBy);
        Named named = planned.named(job);
        Link last = chain.getLast();
        int all = wantedBy.size() - 1;
        String among = all == 1 ? "" : ExplainWords.count(all, "job") + ", the nearest of them ";
        String sentence =
                named.selector()
                        + " waits for "
                        + among
                        + last.job().selector()
                        + ", which "
                        + last.text();
        return new Explanation(Answer.WAITS, named, sentence, chain, planned.hints(job));
    }

    /** One that waits for no other job. */
    private int ready(SequencedMap<Integer, Integer> wantedBy) {
        for (int job : wantedBy.sequencedKeySet()) {
            if (count(job, wantedBy) == 0) {
                return job;
            }
        }
        return wantedBy.firstEntry().getKey();
    }

    /** From the job that was asked about to one that it waits for. */
    private List<Link> path(int to, SequencedMap<Integer, Integer> wantedBy) {
        List<Integer> jobs = new ArrayList<>();
        for (int at = to; at >= 0; at = wantedBy.getOrDefault(at, -1)) {
            jobs.add(at);
        }
        Collections.reverse(jobs);
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < jobs.size() - 1; i++) {
            links.add(waiting(i, jobs.get(i), jobs.get(i + 1), wantedBy));
        }
        int last = jobs.size() - 1;
        links.add(new Link(last, planned.named(to), "state", seen.words(to), List.of()));
        return links;
    }

    private Link waiting(int depth, int job, int next, SequencedMap<Integer, Integer> wantedBy) {
        int others = count(job, wantedBy) - 1;
        String text =
                "waits for "
                        + planned.named(next).selector()
                        + (others > 0 ? " and " + others + " more" : "");
        return new Link(depth, planned.named(job), "waits", text, List.of());
    }

    private int count(int job, SequencedMap<Integer, Integer> wantedBy) {
        int count = 0;
        for (int needed : plan.needs(job)) {
            count += wantedBy.containsKey(needed) ? 1 : 0;
        }
        return count;
    }
}
