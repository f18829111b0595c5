package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Plays a scheduler: tells events, checks invariants after each, and keeps the facts. Evaluates by
 * itself.
 */
final class Play {
    final TestWorkload workload;
    final List<Fact> facts = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    Needs needs = Needs.threads(1);
    Scheduler scheduler;

    Play(TestWorkload workload, SchedulerSettings settings) {
        this.workload = workload;
        scheduler = new Scheduler(workload, settings);
    }

    static Play of(TestWorkload workload) {
        return new Play(workload, SchedulerSettings.of(Limits.cores(100), false));
    }

    static Play begun(TestWorkload workload) {
        Play play = of(workload);
        play.tell(new Event.RunRequested());
        return play;
    }

    /** The commands of the event, those of the evaluations that it led to behind them. */
    List<Command> tell(Event event) {
        List<Command> all = new ArrayList<>();
        tell(event, all);
        commands.addAll(all);
        return all;
    }

    private void tell(Event event, List<Command> all) {
        Outcome outcome = scheduler.on(event);
        scheduler.checkInvariants();
        facts.addAll(outcome.facts());
        for (Command command : outcome.commands()) {
            if (command instanceof Command.Evaluate(var questions)) {
                for (Command.Evaluation question : questions) {
                    tell(
                            new Event.Evaluated(
                                    question.task(), question.attempt(), needs, "local"),
                            all);
                }
            } else {
                all.add(command);
            }
        }
    }

    List<Command> ends(int task, int attempt, AttemptEnd end) {
        return tell(new Event.AttemptEnded(task, attempt, end));
    }

    /** Ends well and is settled well. */
    List<Command> succeeds(int task, int attempt) {
        ends(task, attempt, new AttemptEnd.Succeeded());
        return settles(task, attempt);
    }

    /** Every job of the task finished. */
    List<Command> settles(int task, int attempt) {
        List<JobEnd> jobs = workload.jobs(task).stream().<JobEnd>map(Play::finished).toList();
        return tell(new Event.Settled(task, attempt, jobs));
    }

    List<Command> fails(int task, int attempt) {
        return fails(task, attempt, new AttemptEnd.Failed(1, "exit code 1"));
    }

    /** Ends so, and no job of it counts. */
    List<Command> fails(int task, int attempt, AttemptEnd end) {
        ends(task, attempt, end);
        return tell(new Event.Settled(task, attempt, notRun(task)));
    }

    List<JobEnd> notRun(int task) {
        return workload.jobs(task).stream()
                .<JobEnd>map(job -> new JobEnd.NotRun(job.key()))
                .toList();
    }

    TaskState state(int task) {
        return scheduler.stateOf(task);
    }

    /** The names of the tasks started by these commands. */
    List<String> started(List<Command> of) {
        return of.stream()
                .filter(Command.Start.class::isInstance)
                .map(command -> workload.name(((Command.Start) command).task()))
                .toList();
    }

    static JobEnd finished(PlannedJob job) {
        return new JobEnd.Finished(record(job));
    }

    static JobRecord record(PlannedJob job) {
        return new JobRecord(
                job.key(),
                job.rule(),
                new LinkedHashMap<>(),
                job.outputs().stream().map(path -> new JobRecord.Output(path, 1, 2)).toList(),
                new JobRecord.Made(
                        "true", "", "code", List.of(), List.of(), "inputs", "", List.of()),
                List.of(),
                "",
                new JobRecord.Usage(1, 2, 0, 3, 4));
    }
}
