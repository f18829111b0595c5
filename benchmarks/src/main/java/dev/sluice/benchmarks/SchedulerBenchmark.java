package dev.sluice.benchmarks;

import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Limits;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.Outcome;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Scheduler;
import dev.sluice.engine.schedule.SchedulerSettings;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * Whole runs of the scheduler alone: every answer comes at once, so what is measured is deciding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(1)
public class SchedulerBenchmark {
    /**
     * WIDE: all ready at once; CHAINS: a thousand chains; MEMORY: all ready, each with a demand of
     * its own.
     */
    public enum Shape {
        WIDE,
        CHAINS,
        MEMORY
    }

    @Param({"100000"})
    public int tasks;

    @Param public Shape shape = Shape.WIDE;

    /** The whole run; gives its number of events. */
    @Benchmark
    public int run() {
        SequencedMap<String, Long> memory = new LinkedHashMap<>();
        memory.put("mem_mb", 1_000_000L);
        var limits = new Limits(Integer.MAX_VALUE, 64, memory);
        var workload = new MadeUpWorkload(tasks, shape == Shape.CHAINS ? tasks / 1000 : 1);
        var scheduler = new Scheduler(workload, SchedulerSettings.of(limits, false));
        Deque<Event> mail = new ArrayDeque<>();
        mail.add(new Event.RunRequested());
        int events = 0;
        RunOutcome outcome = null;
        while (outcome == null) {
            Outcome next = scheduler.on(mail.remove());
            events++;
            for (Command command : next.commands()) {
                outcome = command instanceof Command.FinishRun(var end) ? end : outcome;
                answer(command, mail);
            }
        }
        return events;
    }

    private void answer(Command command, Deque<Event> mail) {
        switch (command) {
            case Command.Evaluate(var questions) ->
                    questions.forEach(
                            question ->
                                    mail.add(
                                            new Event.Evaluated(
                                                    question.task(),
                                                    question.attempt(),
                                                    needs(question.task()),
                                                    "local")));
            case Command.Start(int task, int attempt, _, _, _) -> {
                mail.add(new Event.AttemptRunning(task, attempt));
                mail.add(new Event.AttemptEnded(task, attempt, new AttemptEnd.Succeeded()));
            }
            case Command.Settle(int task, int attempt, _) ->
                    mail.add(new Event.Settled(task, attempt, finished(task)));
            case Command.Adopt _, Command.Cancel _, Command.Delay _, Command.Replan _ -> {}
            case Command.TaskDone _, Command.FinishRun _ -> {}
        }
    }

    private Needs needs(int task) {
        if (shape != Shape.MEMORY) {
            return Needs.threads(1);
        }
        SequencedMap<String, Long> memory = new LinkedHashMap<>();
        memory.put("mem_mb", 1000L + Math.floorMod(task * 7919, 100_000));
        return new Needs(1, memory);
    }

    private static List<JobEnd> finished(int task) {
        JobRecord record = MadeUpWorkload.record(task);
        return List.of(new JobEnd.Finished(record));
    }
}
