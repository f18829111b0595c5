package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobSettings;
import dev.sluice.engine.plan.PlannedJob;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.HandedJob;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The open attempts, from their evaluation on. {@link Evaluator}'s answers become events here. */
final class Attempts {
    private final JobEvaluation evaluation;
    private final String executor;
    private final Map<Integer, Attempt> open = new LinkedHashMap<>();

    Attempts(JobEvaluation evaluation, String executor) {
        this.evaluation = evaluation;
        this.executor = executor;
    }

    /** The attempt, where it is still the one that the task has. */
    @Nullable Attempt find(int task, int number) {
        Attempt attempt = open.get(task);
        return attempt != null && attempt.number == number ? attempt : null;
    }

    void close(Attempt attempt) {
        open.remove(attempt.task, attempt);
    }

    Collection<Attempt> all() {
        return open.values();
    }

    /** Evaluates in one batch for each number of tries; one event a task. */
    List<Event> evaluate(List<Command.Evaluation> asked, PlanWorkload workload) {
        Map<Integer, List<Command.Evaluation>> byTry = new LinkedHashMap<>();
        for (Command.Evaluation each : asked) {
            byTry.computeIfAbsent(each.tryNumber(), any -> new ArrayList<>()).add(each);
        }
        List<Event> events = new ArrayList<>(asked.size());
        byTry.forEach((tryNumber, batch) -> evaluate(tryNumber, batch, workload, events));
        return events;
    }

    private void evaluate(
            int tryNumber,
            List<Command.Evaluation> batch,
            PlanWorkload workload,
            List<Event> events) {
        List<PlannedJob> jobs = new ArrayList<>();
        for (Command.Evaluation each : batch) {
            for (int job : planned(workload, each.task()).jobs()) {
                jobs.add(workload.plan().job(job));
            }
        }
        List<Evaluation> answers = evaluation.evaluate(jobs, tryNumber);
        int at = 0;
        for (Command.Evaluation each : batch) {
            Task task = planned(workload, each.task());
            int end = at + task.jobs().size();
            events.add(
                    event(each, task, workload, jobs.subList(at, end), answers.subList(at, end)));
            at = end;
        }
    }

    /** Attempts of an earlier engine; what Python says of them now is asked for in one batch. */
    List<Attempt> adopt(List<Adoptions.Wanted> wanted, PlanWorkload workload) {
        List<PlannedJob> jobs = new ArrayList<>();
        for (Adoptions.Wanted each : wanted) {
            for (int job : planned(workload, each.task()).jobs()) {
                jobs.add(workload.plan().job(job));
            }
        }
        List<Evaluation> answers = evaluation.evaluate(jobs, 1);
        List<Attempt> adopted = new ArrayList<>(wanted.size());
        int at = 0;
        for (Adoptions.Wanted each : wanted) {
            Task task = planned(workload, each.task());
            int end = at + task.jobs().size();
            adopted.add(
                    adopted(each, task, workload, jobs.subList(at, end), answers.subList(at, end)));
            at = end;
        }
        return adopted;
    }

    private Attempt adopted(
            Adoptions.Wanted wanted,
            Task task,
            PlanWorkload workload,
            List<PlannedJob> jobs,
            List<Evaluation> answers) {
        List<JobRun> runs = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            PlannedJob job = jobs.get(i);
            JobSettings settings =
                    answers.get(i) instanceof Evaluation.Ready(JobSettings ready) ? ready : null;
            runs.add(
                    JobRun.adopted(
                            job,
                            workload.plan().reason(job.id()),
                            settings,
                            wanted.open().tryNumber(),
                            handed(wanted.open(), job.key())));
        }
        Attempt attempt = new Attempt(wanted.task(), wanted.number(), task, runs);
        attempt.adopted = true;
        attempt.stoppedBefore = wanted.open().stopped();
        attempt.recordedEnd = wanted.end();
        attempt.neverHandedOver = wanted.open().handed() == null;
        open.put(wanted.task(), attempt);
        workload.evaluated(wanted.task(), runs);
        return attempt;
    }

    private static @Nullable HandedJob handed(Recall.Open open, String key) {
        if (open.handed() == null) {
            return null;
        }
        return open.handed().stream()
                .filter(job -> job.key().text().equals(key))
                .findFirst()
                .orElse(null);
    }

    private Event event(
            Command.Evaluation asked,
            Task task,
            PlanWorkload workload,
            List<PlannedJob> jobs,
            List<Evaluation> answers) {
        List<JobRun> runs = new ArrayList<>(jobs.size());
        String failure = null;
        for (int i = 0; i < jobs.size(); i++) {
            JobSettings settings = null;
            switch (answers.get(i)) {
                case Evaluation.Ready(JobSettings ready) -> settings = ready;
                case Evaluation.Failed(var problem) ->
                        failure = failure == null ? problem.text() : failure;
            }
            runs.add(
                    new JobRun(
                            jobs.get(i),
                            workload.plan().reason(jobs.get(i).id()),
                            settings,
                            asked.tryNumber()));
        }
        Attempt attempt = new Attempt(asked.task(), asked.attempt(), task, runs);
        open.put(asked.task(), attempt);
        workload.evaluated(asked.task(), runs);
        return failure != null
                ? new Event.EvaluationFailed(asked.task(), asked.attempt(), failure)
                : new Event.Evaluated(
                        asked.task(), asked.attempt(), NeedsOf.attempt(attempt), executor);
    }

    private static Task planned(PlanWorkload workload, int task) {
        Task planned = workload.planned(task);
        if (planned == null) {
            throw new IllegalStateException("the plan has no task " + workload.key(task));
        }
        return planned;
    }
}
