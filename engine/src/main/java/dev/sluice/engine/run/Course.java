package dev.sluice.engine.run;

import dev.sluice.engine.journal.PlanFile;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.Event;

import java.util.BitSet;
import java.util.List;

/**
 * The plan as the run goes through it: which of its jobs are done and which run, what that frees,
 * and what checkpoints make of it. Owned by the run's thread; decides nothing about tasks.
 */
final class Course {
    private final Replanning replanning;
    private final TempKeeper temp;
    private final PlanFile file;
    private final BitSet finished = new BitSet();
    private final BitSet running = new BitSet();
    private PlanWorkload workload;
    private int openCheckpoints;

    Course(PlanWorkload workload, Replanning replanning, TempKeeper temp, PlanFile file) {
        this.workload = workload;
        this.replanning = replanning;
        this.temp = temp;
        this.file = file;
    }

    PlanWorkload workload() {
        return workload;
    }

    Plan plan() {
        return workload.plan();
    }

    /**
     * Shows the plan to those who look at the run; before its fact.
     *
     * @param number how many plans the run has had, with this one
     */
    void show(int number) {
        file.made(workload.plan(), number);
    }

    void begun(Attempt attempt) {
        attempt.jobs.forEach(job -> running.set(job.id()));
    }

    void over(Attempt attempt) {
        attempt.jobs.forEach(job -> running.clear(job.id()));
    }

    void done(int number) {
        Task task = workload.planned(number);
        if (task == null) {
            return;
        }
        if (workload.checkpoint(number)) {
            openCheckpoints--;
        }
        for (int job : task.jobs()) {
            finished.set(job);
            running.clear(job);
            temp.done(job);
        }
    }

    /** Begins to count for the plan as it is now. */
    void watch() {
        openCheckpoints = 0;
        for (int task = 0; task < workload.taskCount(); task++) {
            Task planned = workload.planned(task);
            if (planned != null && workload.checkpoint(task) && !isDone(planned)) {
                openCheckpoints++;
            }
        }
        temp.watch(workload.plan(), finished);
    }

    private boolean isDone(Task task) {
        return task.jobs().stream().allMatch(finished::get);
    }

    /** Temporary files that are free; none before the last checkpoint: it may want them again. */
    void deleteFreeTemp() {
        if (temp.hasWork() && openCheckpoints == 0) {
            temp.deleteFree();
        }
    }

    /** What the scheduler is to be told; see {@link #workload} for the plan then. */
    List<Event> replan(List<Integer> checkpoints) {
        Replanning.Result result =
                replanning.after(
                        checkpoints, workload, (BitSet) finished.clone(), (BitSet) running.clone());
        if (result.workload() != null) {
            file.changed(workload.plan(), result.workload().plan(), finished);
            workload = result.workload();
            watch();
        }
        return result.events();
    }
}
