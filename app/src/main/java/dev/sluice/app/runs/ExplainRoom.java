package dev.sluice.app.runs;

import dev.sluice.app.runs.Explanation.Answer;
import dev.sluice.app.runs.Explanation.Link;
import dev.sluice.app.runs.Explanation.Named;
import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.value.Value;
import dev.sluice.engine.view.AttemptView;
import dev.sluice.engine.view.JobView;
import dev.sluice.engine.view.RunView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What a job that is ready has not room for, and which running jobs take it. */
final class ExplainRoom {
    private static final String CORES = "cores";
    private static final String JOBS = "jobs";
    private static final int SHOWN = 10;

    private final ExplainWorkflow workflow;
    private final Limits limits;
    private final ExplainPlan planned;

    /** By task: one of its jobs, for its name and its needs. */
    private final SequencedMap<Key, JobView> running = new LinkedHashMap<>();

    ExplainRoom(ExplainWorkflow workflow, RunView view, ExplainPlan planned) {
        this.workflow = workflow;
        this.planned = planned;
        limits = workflow.limits();
        for (JobView job : view.open()) {
            AttemptView attempt = job.lastAttempt();
            if (attempt != null) {
                running.putIfAbsent(attempt.task(), job);
            }
        }
    }

    private record Shortage(String what, long wanted, long free, long all) {
        String text() {
            return "it needs "
                    + amount(wanted, what)
                    + ", and "
                    + free
                    + " of "
                    + all
                    + " are free";
        }
    }

    Explanation of(int job) {
        Named named = planned.named(job);
        Needs needs = needsOf(job);
        List<Shortage> shortages = needs == null ? List.of() : shortages(needs);
        if (shortages.isEmpty()) {
            return new Explanation(
                    Answer.WAITS,
                    named,
                    named.selector() + " is ready, and is started as soon as its turn comes",
                    planned.chain(job),
                    planned.hints(job));
        }
        Shortage first = shortages.getFirst();
        String sentence =
                named.selector()
                        + " is ready and waits for room: "
                        + first.text()
                        + " ("
                        + ExplainWords.count(running.size(), "job")
                        + " running)";
        return new Explanation(
                Answer.WAITS, named, sentence, chain(named, shortages), planned.hints(job));
    }

    private List<Link> chain(Named named, List<Shortage> shortages) {
        List<Link> links = new ArrayList<>();
        for (Shortage shortage : shortages) {
            links.add(new Link(0, named, "room", shortage.text(), List.of()));
            running.sequencedValues().stream()
                    .filter(job -> used(job, shortage.what()) > 0)
                    .sorted(
                            (a, b) ->
                                    Long.compare(
                                            used(b, shortage.what()), used(a, shortage.what())))
                    .limit(SHOWN)
                    .forEach(job -> links.add(user(job, shortage.what())));
        }
        return links;
    }

    private Link user(JobView job, String what) {
        var named = new Named(job.key().text(), job.rule(), job.wildcards());
        return new Link(1, named, "takes", "takes " + amount(used(job, what), what), List.of());
    }

    private static String amount(long amount, String what) {
        return switch (what) {
            case CORES -> ExplainWords.count(amount, "core");
            case JOBS -> amount == 1 ? "one place among the running jobs" : amount + " places";
            default -> what + "=" + amount;
        };
    }

    private List<Shortage> shortages(Needs needs) {
        List<Shortage> shortages = new ArrayList<>();
        add(shortages, CORES, Math.min(needs.threads(), limits.cores()), limits.cores());
        if (limits.jobs() < Integer.MAX_VALUE) {
            add(shortages, JOBS, 1, limits.jobs());
        }
        limits.resources()
                .forEach(
                        (name, all) ->
                                add(
                                        shortages,
                                        name,
                                        needs.resources().getOrDefault(name, 0L),
                                        all));
        return shortages;
    }

    private void add(List<Shortage> shortages, String what, long wanted, long all) {
        long used = running.sequencedValues().stream().mapToLong(job -> used(job, what)).sum();
        long free = Math.max(0, all - used);
        if (wanted > free) {
            shortages.add(new Shortage(what, wanted, free, all));
        }
    }

    private long used(JobView job, String what) {
        AttemptView attempt = job.lastAttempt();
        if (attempt == null) {
            return 0;
        }
        return switch (what) {
            case CORES -> Math.min(attempt.needs().threads(), limits.cores());
            case JOBS -> 1;
            default -> attempt.needs().resources().getOrDefault(what, 0L);
        };
    }

    /** What it would take by itself; null where that cannot be found out. */
    private @Nullable Needs needsOf(int job) {
        Evaluation found =
                workflow.evaluation().evaluate(List.of(workflow.plan().job(job)), 1).getFirst();
        if (!(found instanceof Evaluation.Ready(JobSettings settings))) {
            return null;
        }
        var resources = new LinkedHashMap<String, Long>();
        for (Map.Entry<String, Value> resource : settings.resources().entrySet()) {
            if (resource.getValue() instanceof Value.Int(long amount)) {
                resources.put(resource.getKey(), amount);
            }
        }
        return new Needs(settings.threads(), resources);
    }
}
