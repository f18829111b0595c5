package dev.sluice.engine.run;

import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.Task;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Outcome;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Scheduler;
import dev.sluice.engine.view.RunCounts;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Runs a plan. The calling thread owns the run: it takes words from the inbox, asks the scheduler,
 * writes the facts and carries out the commands. Others only leave words ({@link #stop}). Decides
 * nothing that the scheduler could.
 */
public final class RunLoop {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 200;
    private static final long WAIT_MILLIS = 50;

    private final RunParts parts;
    private final RunSettings settings;
    private final Inbox inbox = new Inbox();
    private final Timers timers = new Timers();
    private final RunCounts counts = new RunCounts();
    private final BitSet finished = new BitSet();
    private final BitSet running = new BitSet();
    private final List<Event> events = new ArrayList<>();

    private final Executor executor;
    private final Scheduler scheduler;
    private final Attempts attempts;
    private final Starter starter;
    private final Settler settler;
    private final Outputs outputs;
    private final Announcer announcer;
    private final TempKeeper temp;
    private final Replanning replanning;
    private PlanWorkload workload;
    private int openCheckpoints;
    private @Nullable RunOutcome outcome;

    public RunLoop(RunSettings settings, RunParts parts) {
        this.parts = parts;
        this.settings = settings;
        Path workdir = parts.folder().workdir();
        executor = parts.executor().apply(inbox);
        workload = PlanWorkload.of(parts.plan(), settings.retries());
        scheduler = new Scheduler(workload, settings.scheduler());
        JobEvaluation evaluation =
                new JobEvaluation(parts.book(), parts.request(), parts.evaluator());
        attempts = new Attempts(evaluation, executor.name());
        outputs = new Outputs(workdir, executor, parts.listeners());
        announcer = new Announcer(parts.listeners(), counts, outputs);
        JobFiles files =
                new JobFiles(
                        workdir, parts.folder().path(), settings, new Ensure(parts.evaluator()));
        TaskBuilder builder =
                new TaskBuilder(
                        parts.book(),
                        evaluation,
                        parts.evaluator(),
                        workdir,
                        parts.folder().path());
        starter = new Starter(builder, files, executor, outputs, settings.touch());
        settler =
                new Settler(
                        files, new Records(parts.request(), parts.files()), settings.keepScripts());
        temp = new TempKeeper(new Disk(workdir), parts.journal(), parts.files(), announcer);
        replanning = new Replanning(parts, announcer);
    }

    /** Asks the run to start nothing more; {@code now}: and to stop what runs. From any thread. */
    public void stop(boolean now) {
        inbox.stop(now);
    }

    /** Runs the plan to its end. Once. */
    public RunOutcome run() {
        try {
            begin();
            while (outcome == null) {
                hear(inbox.take(timers.patienceMillis()));
                timers.runDue();
                pump();
            }
            return end(outcome);
        } catch (RuntimeException e) {
            // A full disk or a bug of ours: nobody would look after what still runs.
            stopAll();
            throw e;
        } finally {
            executor.close();
        }
    }

    /** Waits for the ends, so that nothing writes any more when the run lets go of its outputs. */
    private void stopAll() {
        executor.cancel(List.copyOf(starter.running()), GRACE);
        long patience = System.nanoTime() + GRACE.plusSeconds(2).toNanos();
        while (!starter.isIdle() && System.nanoTime() < patience) {
            for (Inbox.Word word : inbox.take(WAIT_MILLIS)) {
                if (word instanceof Inbox.Word.Heard(List<AttemptReport> reports)) {
                    reports.stream()
                            .filter(report -> !(report instanceof AttemptReport.Started))
                            .forEach(report -> starter.ended(report.process()));
                }
            }
        }
    }

    private void begin() {
        Fact made = new Fact.PlanMade(workload.taskCount(), parts.plan().counts());
        parts.journal().append(List.of(made));
        counts.apply(made);
        scheduler.apply(made);
        watchPlan();
        RunSummary summary = summary();
        parts.listeners().forEach(listener -> listener.runStarted(summary));
        String trouble = settings.hooks() ? hook("onstart") : null;
        if (trouble != null) {
            announcer.warn("onstart: " + trouble);
            outcome = RunOutcome.FAILED;
            return;
        }
        everySoOften(LOOK_MILLIS, outputs::look);
        everySoOften(Hold.RENEWAL.toMillis(), this::renewHold);
        events.add(new Event.RunRequested());
        pump();
    }

    private RunOutcome end(RunOutcome how) {
        if (how == RunOutcome.SUCCEEDED) {
            temp.deleteFree();
        }
        Progress progress = announcer.progress();
        parts.listeners().forEach(listener -> listener.runEnded(how, progress));
        if (settings.hooks()) {
            String trouble = hook(how == RunOutcome.SUCCEEDED ? "onsuccess" : "onerror");
            if (trouble != null) {
                announcer.warn(trouble);
                return how == RunOutcome.SUCCEEDED ? RunOutcome.FAILED : how;
            }
        }
        return how;
    }

    private @Nullable String hook(String name) {
        return parts.book().hooks().contains(name)
                ? parts.hooks().call(name, settings.log().toString())
                : null;
    }

    private RunSummary summary() {
        Plan plan = workload.plan();
        return new RunSummary(plan.count(), plan.counts(), settings.scheduler().limits());
    }

    private void everySoOften(long millis, Runnable action) {
        timers.after(
                millis,
                () -> {
                    action.run();
                    everySoOften(millis, action);
                });
    }

    private void renewHold() {
        Hold hold = parts.hold();
        if (hold == null) {
            return;
        }
        if (hold.isOurs()) {
            hold.renew();
        } else {
            announcer.warn("another process has taken this run over: stopping");
            events.add(new Event.StopRequested(true));
        }
    }

    // Words ------------------------------------------------------------------------------------

    private void hear(List<Inbox.Word> words) {
        for (Inbox.Word word : words) {
            switch (word) {
                case Inbox.Word.Heard(List<AttemptReport> reports) -> reports.forEach(this::hear);
                case Inbox.Word.Stop(boolean now) -> events.add(new Event.StopRequested(now));
            }
        }
    }

    private void hear(AttemptReport report) {
        if (report instanceof AttemptReport.Started) {
            return;
        }
        Starter.Owner owner = starter.ended(report.process());
        if (owner == null) {
            return;
        }
        if (report instanceof AttemptReport.Ended ended) {
            outputs.ended(ended.process(), ended.logSize());
        } else {
            outputs.ended(report.process(), 0);
        }
        owner.job().ends.add(report);
        owner.attempt().ended++;
        tellIfOver(owner.attempt());
    }

    private void tellIfOver(Attempt attempt) {
        if (attempt.isOver()) {
            events.add(new Event.AttemptEnded(attempt.task, attempt.number, attempt.end()));
        }
    }

    // The scheduler's turn ---------------------------------------------------------------------

    private void pump() {
        while (!events.isEmpty() && outcome == null) {
            List<Event> batch = List.copyOf(events);
            events.clear();
            List<Fact> facts = new ArrayList<>();
            List<Command> commands = new ArrayList<>();
            List<Runnable> words = new ArrayList<>();
            for (Event event : batch) {
                Outcome decided = scheduler.on(event);
                facts.addAll(decided.facts());
                commands.addAll(decided.commands());
                wordsOf(event, decided.facts(), words);
            }
            if (!settings.keepProvenance()) {
                forgetWhatWasMade(facts);
            }
            parts.journal().append(facts);
            facts.forEach(counts::apply);
            words.forEach(Runnable::run);
            carryOut(commands);
        }
        if (temp.hasWork() && openCheckpoints == 0 && inbox.isEmpty()) {
            temp.deleteFree();
        }
    }

    private static void forgetWhatWasMade(List<Fact> facts) {
        List<String> outputs = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.JobFinished(_, _, JobRecord job)) {
                job.outputs().forEach(output -> outputs.add(output.path()));
            }
        }
        if (!outputs.isEmpty()) {
            facts.add(new Fact.OutputsForgotten(outputs));
        }
    }

    private void wordsOf(Event event, List<Fact> facts, List<Runnable> words) {
        Attempt attempt =
                switch (event) {
                    case Event.Settled(int task, int number, var ends) ->
                            attempts.find(task, number);
                    case Event.EvaluationFailed(int task, int number, var why) ->
                            attempts.find(task, number);
                    case Event.Evaluated(int task, int number, var needs, var where) ->
                            attempts.find(task, number);
                    default -> null;
                };
        if (attempt != null && facts.stream().anyMatch(Fact.TaskSettled.class::isInstance)) {
            words.add(
                    () -> {
                        announcer.settled(event, attempt, facts);
                        attempts.close(attempt);
                        attempt.jobs.forEach(job -> running.clear(job.id()));
                    });
        }
    }

    private void carryOut(List<Command> commands) {
        List<Command.Evaluation> evaluations = new ArrayList<>();
        List<Attempt> starts = new ArrayList<>();
        List<Integer> checkpoints = new ArrayList<>();
        List<String> cancels = new ArrayList<>();
        for (Command command : commands) {
            switch (command) {
                case Command.Evaluate(var tasks) -> evaluations.addAll(tasks);
                case Command.Start start -> starts.add(attempt(start.task(), start.attempt()));
                case Command.Settle(int task, int number, AttemptEnd end) ->
                        settle(attempt(task, number), end, System.nanoTime());
                case Command.Cancel(int task, int number) -> cancel(task, number, cancels);
                case Command.Adopt(int task, int number, var where) ->
                        events.add(
                                new Event.AttemptEnded(
                                        task,
                                        number,
                                        new AttemptEnd.Lost(
                                                "taking over attempts of an earlier engine is not"
                                                        + " built yet")));
                case Command.Delay(int task, int number, var budget, int spent) ->
                        timers.after(
                                1000L << Math.min(spent, 6),
                                () -> events.add(new Event.RetryDue(task, number)));
                case Command.TaskDone(int task) -> taskDone(task);
                case Command.Replan(int checkpoint) -> checkpoints.add(checkpoint);
                case Command.FinishRun(RunOutcome how) -> outcome = how;
            }
        }
        if (!checkpoints.isEmpty()) {
            replan(checkpoints);
        }
        if (!evaluations.isEmpty()) {
            events.addAll(attempts.evaluate(evaluations, workload));
        }
        if (!starts.isEmpty()) {
            start(starts);
        }
        if (!cancels.isEmpty()) {
            executor.cancel(cancels, GRACE);
        }
    }

    private Attempt attempt(int task, int number) {
        Attempt attempt = attempts.find(task, number);
        if (attempt == null) {
            throw new IllegalStateException("no attempt " + number + " of " + workload.key(task));
        }
        return attempt;
    }

    // Starting ---------------------------------------------------------------------------------

    private void start(List<Attempt> starts) {
        starter.formatTexts(starts);
        List<Attempt> ready = new ArrayList<>(starts.size());
        long now = System.nanoTime();
        for (Attempt attempt : starts) {
            attempt.jobs.forEach(job -> running.set(job.id()));
            announcer.started(attempt);
            if (attempt.refusal() != null || starter.missingInputs(attempt).isEmpty()) {
                ready.add(attempt);
            } else {
                waitForInputs(attempt, now);
            }
        }
        launch(ready);
    }

    private void launch(List<Attempt> ready) {
        List<Attempt> willing = new ArrayList<>(ready.size());
        for (Attempt attempt : ready) {
            if (attempt.refusal() == null) {
                willing.add(attempt);
            } else {
                tellIfOver(attempt);
            }
        }
        starter.launch(willing);
        for (Attempt attempt : willing) {
            if (!attempt.started) {
                tellIfOver(attempt);
            }
        }
    }

    private void waitForInputs(Attempt attempt, long since) {
        if (attempt.cancelled) {
            tellIfOver(attempt);
            return;
        }
        List<String> missing = starter.missingInputs(attempt);
        if (missing.isEmpty()) {
            launch(List.of(attempt));
        } else if (waitedOut(since)) {
            attempt.refuse(
                    attempt.jobs.getFirst(),
                    "missing input files after waiting "
                            + settings.latencyWait().toSeconds()
                            + " s (--latency-wait): "
                            + String.join(", ", missing));
            tellIfOver(attempt);
        } else {
            timers.after(WAIT_MILLIS, () -> waitForInputs(attempt, since));
        }
    }

    private boolean waitedOut(long sinceNanos) {
        return System.nanoTime() - sinceNanos >= settings.latencyWait().toNanos();
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

    // Settling ---------------------------------------------------------------------------------

    private void settle(Attempt attempt, AttemptEnd end, long since) {
        if (!attempt.cancelled && !waitedOut(since) && !settler.missing(attempt, end).isEmpty()) {
            timers.after(WAIT_MILLIS, () -> settle(attempt, end, since));
            return;
        }
        events.add(new Event.Settled(attempt.task, attempt.number, settler.settle(attempt, end)));
    }

    private void taskDone(int number) {
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

    private void watchPlan() {
        openCheckpoints = 0;
        for (int task = 0; task < workload.taskCount(); task++) {
            Task planned = workload.planned(task);
            if (planned != null
                    && workload.checkpoint(task)
                    && !planned.jobs().stream().allMatch(finished::get)) {
                openCheckpoints++;
            }
        }
        temp.watch(workload.plan(), finished);
    }

    private void replan(List<Integer> checkpoints) {
        Replanning.Result result =
                replanning.after(
                        checkpoints, workload, (BitSet) finished.clone(), (BitSet) running.clone());
        events.addAll(result.events());
        if (result.workload() != null) {
            workload = result.workload();
            watchPlan();
            RunSummary summary = summary();
            parts.listeners().forEach(listener -> listener.planChanged(summary));
        }
    }
}
