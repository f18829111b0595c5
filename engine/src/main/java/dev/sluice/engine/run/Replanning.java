package dev.sluice.engine.run;

import dev.sluice.engine.plan.JobFile;
import dev.sluice.engine.plan.Problem;
import dev.sluice.engine.plan.Replanned;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.Event;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What finished checkpoints do to the plan, in the scheduler's terms. */
final class Replanning {
    private final RunParts parts;
    private final Announcer announcer;

    /** The events to tell; the workload is null where the plan stayed. */
    record Result(@Nullable PlanWorkload workload, List<Event> events) {}

    Replanning(RunParts parts, Announcer announcer) {
        this.parts = parts;
        this.announcer = announcer;
    }

    Result after(List<Integer> checkpoints, PlanWorkload old, BitSet finished, BitSet running) {
        List<Integer> jobs = new ArrayList<>();
        for (int task : checkpoints) {
            Task planned = old.planned(task);
            if (planned != null) {
                planned.jobs().stream().filter(old.plan()::checkpoint).forEach(jobs::add);
            }
        }
        for (int job : jobs) {
            parts.files()
                    .forget(
                            old.plan().job(job).output().items().stream()
                                    .map(JobFile::path)
                                    .toList());
        }
        return switch (parts.replanner().checkpointsFinished(jobs, finished, running)) {
            case Replanned.Refused(List<Problem> problems) -> refused(checkpoints, problems);
            case Replanned.PlanChanged changed -> changed(checkpoints, old, changed, finished);
        };
    }

    private static Result refused(List<Integer> checkpoints, List<Problem> problems) {
        String reason = String.join("\n", problems.stream().map(Problem::text).toList());
        List<Event> events = new ArrayList<>();
        for (int checkpoint : checkpoints) {
            events.add(new Event.ReplanFailed(checkpoint, reason));
        }
        return new Result(null, events);
    }

    private Result changed(
            List<Integer> checkpoints,
            PlanWorkload old,
            Replanned.PlanChanged changed,
            BitSet finished) {
        changed.warnings().forEach(problem -> announcer.warn(problem.text()));
        PlanWorkload next = old.changedTo(changed.plan());
        BitSet touchedJobs = new BitSet();
        changed.rewired().forEach(touchedJobs::set);
        List<Integer> added = new ArrayList<>();
        List<Integer> rewired = new ArrayList<>();
        List<Integer> removed = new ArrayList<>();
        for (int task = 0; task < next.taskCount(); task++) {
            Task before = task < old.taskCount() ? old.planned(task) : null;
            Task now = next.planned(task);
            if (task >= old.taskCount()) {
                added.add(task);
            } else if (before != null && now == null && !isDone(before, finished)) {
                removed.add(task);
            } else if (now != null && isRewired(task, old, next, now, touchedJobs)) {
                rewired.add(task);
            }
        }
        hold(next, finished);
        return new Result(
                next, List.of(new Event.PlanChanged(checkpoints, next, added, rewired, removed)));
    }

    private static boolean isDone(Task task, BitSet finished) {
        return task.jobs().stream().allMatch(finished::get);
    }

    private static boolean isRewired(
            int task, PlanWorkload old, PlanWorkload next, Task now, BitSet touchedJobs) {
        return now.jobs().stream().anyMatch(touchedJobs::get)
                || !Arrays.equals(old.needsOf(task), next.needsOf(task));
    }

    /** From now on the run holds all that is still to be made. */
    private void hold(PlanWorkload next, BitSet finished) {
        if (parts.hold() == null) {
            return;
        }
        List<String> outputs = new ArrayList<>();
        for (Task task : next.plan().tasks()) {
            for (int job : task.jobs()) {
                if (!finished.get(job)) {
                    next.plan().job(job).output().items().forEach(file -> outputs.add(file.path()));
                }
            }
        }
        parts.hold().change(outputs);
    }
}
