package dev.sluice.engine.run;

import dev.sluice.engine.evaluate.Evaluator;
import dev.sluice.engine.execute.AttemptReport;
import dev.sluice.engine.execute.Executor;
import dev.sluice.engine.journal.JournalFailure;
import dev.sluice.engine.journal.PlanFile;
import dev.sluice.engine.journal.Syncer;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.schedule.Command;
import dev.sluice.engine.schedule.Event;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.OpenAttempt;
import dev.sluice.engine.schedule.Outcome;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Scheduler;
import dev.sluice.engine.view.RunCounts;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a plan. The calling thread owns the run: it takes words from the inbox, asks the scheduler,
 * writes the facts and carries out the commands. Others only leave words ({@link #stop}, {@link
 * #leave}). Decides nothing that the scheduler could. Whatever ends it but the run's own end leaves
 * what runs alone: an engine that comes later adopts it.
 */
public final class RunLoop {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 200;
    private static final Duration ORPHANS_END = Duration.ofSeconds(60);

    private final RunParts parts;
    private final RunSettings settings;
    private final RunMeasures measures;
    private final Inbox inbox = new Inbox();
    private final Timers timers = new Timers();
    private final RunCounts counts = new RunCounts();
    private final List<Event> events = new ArrayList<>();

    private final Syncer syncer;
    private final Pen pen;
    private final Executor executor;
    private final Scheduler scheduler;
    private final Attempts attempts;
    private final Starter starter;
    private final Orders orders;
    private final Resumption resumption;
    private final Reports reports;
    private final Outputs outputs;
    private final Announcer announcer;
    private final TempKeeper temp;
    private final Course course;
    private final Wishes wishes;
    private int earlierPlans;
    private boolean left;
    private @Nullable RunOutcome outcome;

    public RunLoop(RunSettings settings, RunParts parts) {
        this.parts = parts;
        this.settings = settings;
        measures = parts.measures();
        Path workdir = parts.folder().workdir();
        // First of all: an earlier engine that is not dead after all cannot start anything then.
        executor = parts.executor().apply(inbox);
        PlanWorkload workload = PlanWorkload.of(parts.plan(), settings.retries());
        scheduler = new Scheduler(workload, settings.scheduler());
        Evaluator evaluator = MeasuredEvaluator.of(parts.evaluator(), measures);
        JobEvaluation evaluation = new JobEvaluation(parts.book(), parts.request(), evaluator);
        attempts = new Attempts(evaluation, executor.name());
        outputs = new Outputs(workdir, executor, parts.listeners());
        announcer = new Announcer(parts.listeners(), counts, outputs);
        syncer = new Syncer(parts.journal(), inbox::synced, measures::synced);
        pen = new Pen(parts.journal(), parts.hold(), counts, this::wantSync, measures);
        JobFiles files =
                new JobFiles(workdir, parts.folder().path(), settings, new Ensure(evaluator));
        TaskBuilder builder =
                new TaskBuilder(
                        parts.book(), evaluation, evaluator, workdir, parts.folder().path());
        Records records = new Records(parts.request(), parts.files());
        starter = new Starter(builder, files, outputs, settings.touch());
        temp = new TempKeeper(new Disk(workdir), pen, parts.files(), announcer);
        course =
                new Course(
                        workload,
                        new Replanning(parts, announcer),
                        temp,
                        new PlanFile(parts.folder(), announcer::warn));
        reports =
                new Reports(
                        executor,
                        starter,
                        outputs,
                        course,
                        new Settler(files, records, settings.keepScripts()),
                        timers,
                        settings,
                        measures,
                        events::add);
        Launches launches =
                new Launches(
                        starter, records, executor, pen, timers, settings, reports::tellIfOver);
        wishes = new Wishes(parts.folder());
        Recall recall =
                parts.resumed() ? Recall.read(parts.folder(), this::recall) : Recall.nothing();
        resumption =
                new Resumption(
                        recall,
                        attempts,
                        new Adoptions(
                                recall,
                                attempts,
                                starter,
                                records,
                                executor,
                                announcer,
                                reports::tellIfOver));
        orders =
                new Orders(
                        attempts,
                        resumption,
                        course,
                        reports,
                        launches,
                        executor,
                        GRACE,
                        timers,
                        announcer,
                        this::tellThatThePlanChanged,
                        events);
    }

    private void wantSync(boolean soon) {
        if (soon) {
            syncer.hurry();
        } else {
            syncer.want();
        }
    }

    private void recall(Fact fact) {
        scheduler.apply(fact);
        counts.apply(fact);
        earlierPlans += fact instanceof Fact.PlanMade ? 1 : 0;
    }

    /** Asks the run to start nothing more; {@code now}: and to stop what runs. From any thread. */
    public void stop(boolean now) {
        inbox.stop(now);
    }

    /** Asks the engine to end and to leave what runs for one that comes later. From any thread. */
    public void leave() {
        inbox.leave();
    }

    /** How many attempts run. From the run's thread, or after its end. */
    public int open() {
        return starter.open();
    }

    /**
     * Runs the plan to its end. Once.
     *
     * @return null where the run was left before its end
     * @throws TakenOver when another engine holds the run
     */
    public @Nullable RunOutcome run() {
        try (syncer) {
            begin();
            while (outcome == null && !left) {
                List<Inbox.Word> words = inbox.take(timers.patienceMillis());
                long heard = System.nanoTime();
                hear(words);
                timers.runDue();
                int decided = pump();
                if (decided > 0) {
                    measures.decided(decided, System.nanoTime() - heard);
                }
            }
            return outcome == null ? null : end(outcome);
        } catch (TakenOver e) {
            // On another machine: here the supervisor listens to the other engine alone.
            executor.cancel(starter.openAttempts(), GRACE);
            throw e;
        } finally {
            executor.close();
        }
    }

    private void begin() {
        Fact made = new Fact.PlanMade(course.workload().taskCount(), parts.plan().counts());
        pen.stopUnlessOurs();
        course.show(earlierPlans + 1);
        pen.write(List.of(made));
        scheduler.apply(made);
        course.watch();
        RunSummary summary = summary();
        parts.listeners().forEach(listener -> listener.runStarted(summary));
        String trouble = settings.hooks() ? hook("onstart") : null;
        if (trouble != null) {
            announcer.warn("onstart: " + trouble);
            refuseToBegin();
            return;
        }
        everySoOften(LOOK_MILLIS, outputs::look);
        everySoOften(LOOK_MILLIS, this::lookForWishes);
        everySoOften(LOOK_MILLIS, () -> parts.listeners().forEach(RunListener::flush));
        if (!endOrphans()) {
            announcer.warn("some of them cannot be ended: nothing is started");
            refuseToBegin();
            return;
        }
        if (left) {
            return;
        }
        events.add(new Event.RunRequested());
        if (!settings.retryFailed()) {
            events.addAll(resumption.giveUp(course.workload()));
        }
        pump();
    }

    /** What runs goes on, and then the run is not over. */
    private void refuseToBegin() {
        if (resumption.hasOpen()) {
            left = true;
        } else {
            pen.write(List.of(new Fact.RunEnded(RunOutcome.FAILED)));
            outcome = RunOutcome.FAILED;
        }
    }

    /** False where they would not end. */
    private boolean endOrphans() {
        List<OpenAttempt> gone = scheduler.orphans();
        if (gone.isEmpty()) {
            return true;
        }
        Orphans orphans = resumption.cancel(gone, executor, GRACE);
        announcer.note(
                gone.size()
                        + " jobs of the earlier engine are in the plan no more and are cancelled: "
                        + orphans.rules());
        long patience = System.nanoTime() + ORPHANS_END.toNanos();
        while (!left && !orphans.areGone() && System.nanoTime() < patience) {
            hear(inbox.take(LOOK_MILLIS));
        }
        if (left || !orphans.areGone()) {
            return left;
        }
        pen.write(
                orphans.writeOff(
                        new Disk(parts.folder().workdir()),
                        parts.folder().path().resolve("backups"),
                        parts.past()));
        return true;
    }

    private RunOutcome end(RunOutcome how) {
        if (how == RunOutcome.SUCCEEDED) {
            temp.deleteFreeNow();
        } else {
            pen.sync();
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
        if (!parts.book().hooks().contains(name)) {
            return null;
        }
        long begun = System.nanoTime();
        String trouble = parts.hooks().call(name, settings.log().toString());
        measures.helperCalled("hook", 1, System.nanoTime() - begun);
        return trouble;
    }

    private RunSummary summary() {
        Plan plan = course.plan();
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

    private void lookForWishes() {
        List<Wish> taken = wishes.take();
        wishes.troubles().forEach(announcer::warn);
        for (Wish wish : taken) {
            switch (wish) {
                case Wish.CancelRun() -> events.add(new Event.StopRequested(true));
                // Of a task that nobody knows nothing comes.
                case Wish.CancelTask(var key) ->
                        events.add(new Event.CancelRequested(course.workload().find(key)));
                case Wish.RetryTask(var key) ->
                        events.add(new Event.RetryRequested(course.workload().find(key)));
            }
        }
    }

    // Words ------------------------------------------------------------------------------------

    private void hear(List<Inbox.Word> words) {
        for (Inbox.Word word : words) {
            switch (word) {
                case Inbox.Word.Heard(List<AttemptReport> heard) ->
                        heard.stream()
                                .filter(report -> !resumption.heard(report))
                                .forEach(reports::heard);
                case Inbox.Word.Stop(boolean now) -> events.add(new Event.StopRequested(now));
                case Inbox.Word.Leave() -> left = true;
                case Inbox.Word.Synced(long offset) -> pen.synced(offset);
                case Inbox.Word.NotSynced(JournalFailure why) -> throw why;
            }
        }
    }

    // The scheduler's turn ---------------------------------------------------------------------

    /** How many events were told. */
    private int pump() {
        int told = 0;
        while (!events.isEmpty() && outcome == null) {
            List<Event> batch = List.copyOf(events);
            events.clear();
            told += batch.size();
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
            pen.write(facts);
            words.forEach(Runnable::run);
            outcome = orders.carryOut(commands);
        }
        if (inbox.isEmpty()) {
            course.deleteFreeTemp();
        }
        return told;
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
        if (event instanceof Event.RetryRequested(int task) && !facts.isEmpty()) {
            PlannedJob job = course.workload().jobs(task).getFirst();
            words.add(() -> announcer.note("Trying again: " + job.rule() + " " + job.outputs()));
        }
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
                        course.over(attempt);
                    });
        }
    }

    private void tellThatThePlanChanged() {
        RunSummary summary = summary();
        parts.listeners().forEach(listener -> listener.planChanged(summary));
    }
}
