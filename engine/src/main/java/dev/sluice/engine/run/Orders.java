package dev.sluice.engine.run;

import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.RunOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out what the scheduler commands, once the facts behind it are written: like with like, so
 * that Python and the executor are spoken to in batches. Owned by the run's thread.
 */
final class Orders {
    private final Attempts attempts;
    private final Resumption resumption;
    private final Course course;
    private final Reports reports;
    private final Launches launches;
    private final Executor executor;
    private final Duration grace;
    private final Timers timers;
    private final Announcer announcer;
    private final Runnable planChanged;
    private final List<Event> events;

    /**
     * @param grace how long a cancelled attempt may take to end by itself
     * @param planChanged done when a checkpoint has changed the plan
     * @param events what comes of it, for the scheduler's next turn
     */
    Orders(
            Attempts attempts,
            Resumption resumption,
            Course course,
            Reports reports,
            Launches launches,
            Executor executor,
            Duration grace,
            Timers timers,
            Announcer announcer,
            Runnable planChanged,
            List<Event> events) {
        this.attempts = attempts;
        this.resumption = resumption;
        this.course = course;
        this.reports = reports;
        this.launches = launches;
        this.executor = executor;
        this.grace = grace;
        this.timers = timers;
        this.announcer = announcer;
        this.planChanged = planChanged;
        this.events = events;
    }

    /** How the run ended, where one of the commands says so. */
    @Nullable RunOutcome carryOut(List<Command> commands) {
        RunOutcome outcome = null;
        List<Command.Evaluation> evaluations = new ArrayList<>();
        List<Attempt> starts = new ArrayList<>();
        List<Integer> checkpoints = new ArrayList<>();
        List<String> cancels = new ArrayList<>();
        resumption.adopt(commands, course.workload()).forEach(course::begun);
        for (Command command : commands) {
            switch (command) {
                case Command.Evaluate(var tasks) -> evaluations.addAll(tasks);
                case Command.Start start -> starts.add(attempt(start.task(), start.attempt()));
                case Command.Settle(int task, int number, AttemptEnd end) -> {
                    Attempt attempt = attempt(task, number);
                    if (attempt.recordedEnd == null) {
                        reports.settle(attempt, end);
                    }
                }
                case Command.Cancel(int task, int number) -> cancel(task, number, cancels);
                case Command.Adopt _ -> {}
                case Command.Delay(int task, int number, var budget, int spent) ->
                        timers.after(
                                1000L << Math.min(spent, 6),
                                () -> events.add(new Event.RetryDue(task, number)));
                case Command.TaskDone(int task) -> course.done(task);
                case Command.Replan(int checkpoint) -> checkpoints.add(checkpoint);
                case Command.FinishRun(RunOutcome how) -> outcome = how;
            }
        }
        if (!checkpoints.isEmpty()) {
            replan(checkpoints);
        }
        if (!evaluations.isEmpty()) {
            events.addAll(attempts.evaluate(evaluations, course.workload()));
        }
        start(starts);
        if (!cancels.isEmpty()) {
            executor.cancel(cancels, grace);
        }
        return outcome;
    }

    private void start(List<Attempt> starts) {
        if (!starts.isEmpty()) {
            for (Attempt attempt : starts) {
                course.begun(attempt);
                announcer.started(attempt);
            }
            launches.start(starts);
        }
    }

    private Attempt attempt(int task, int number) {
        Attempt attempt = attempts.find(task, number);
        if (attempt == null) {
            throw new IllegalStateException(
                    "no attempt " + number + " of " + course.workload().key(task));
        }
        return attempt;
    }

    private void cancel(int task, int number, List<String> cancels) {
        Attempt attempt = attempts.find(task, number);
        if (attempt != null) {
            attempt.cancelled = true;
            if (attempt.started) {
                cancels.add(attempt.name);
            }
        }
    }

    private void replan(List<Integer> checkpoints) {
        PlanWorkload before = course.workload();
        events.addAll(course.replan(checkpoints));
        if (course.workload() != before) {
            planChanged.run();
        }
    }
}
