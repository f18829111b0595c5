package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run under one seed: a random graph, an executor of the worst kind, engines that may die
 * between any fact and its command, or find the disk full, or are taken for dead and go on. What is
 * written lasts; all else is lost with the engine. Words come in any order, so that clocks may go
 * as they like; a wait's end comes early, late or not before all else is over.
 */
final class Simulation {
    private static final int MOST_STEPS = 20_000;

    private final Random random;
    private final SimulatedExecutor executor;
    private final SimulatedWorkflow workflow;
    private final SimulatedJournal journal = new SimulatedJournal();
    private final SchedulerSettings settings;
    private final int cores;
    private final double crashes;
    private final double fullDisks;
    private final boolean clockSetBack;

    private final List<Event> mail = new ArrayList<>();
    private final List<Event> alarms = new ArrayList<>();
    private final List<Integer> replans = new ArrayList<>();

    /** What engines that were taken for dead are still about to tell the executor. */
    private final List<Runnable> lateOrders = new ArrayList<>();

    private Play engine;
    private TestWorkload plan = new TestWorkload();
    private int lives;
    private boolean finished;
    private Report report = new Report();

    /** What happened in how many seeds. */
    record Report(
            long events,
            long facts,
            long deaths,
            long takeovers,
            long fullDisks,
            long forgotten,
            long givenUp,
            long retried,
            long invariants,
            long restores) {
        Report() {
            this(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        Report plus(Report other) {
            return new Report(
                    events + other.events,
                    facts + other.facts,
                    deaths + other.deaths,
                    takeovers + other.takeovers,
                    fullDisks + other.fullDisks,
                    forgotten + other.forgotten,
                    givenUp + other.givenUp,
                    retried + other.retried,
                    invariants + other.invariants,
                    restores + other.restores);
        }
    }

    /** The engine is no more, or is thought to be: then {@code order} comes late. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Runnable order;

        Death(Runnable order) {
            this.order = order;
        }
    }

    Simulation(long seed) {
        random = new Random(seed);
        executor = new SimulatedExecutor(random);
        cores = 1 + random.nextInt(6);
        settings = new SchedulerSettings(Limits.cores(cores), random.nextInt(3) > 0, 4, 2, 2);
        crashes = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.05;
        fullDisks = random.nextInt(4) == 0 ? random.nextDouble() * 0.03 : 0;
        clockSetBack = random.nextInt(3) == 0;
        workflow = new SimulatedWorkflow(random);
        engine = begin();
    }

    Report run() {
        for (int step = 0; !finished; step++) {
            assertThat(step).as("steps").isLessThan(MOST_STEPS);
            try {
                step();
            } catch (Death death) {
                restart(death);
            }
        }
        checkEnd();
        return report.plus(new Report(0, journal.facts().size(), 0, 0, 0, 0, 0, 0, 0, 0));
    }

    // Lives ------------------------------------------------------------------------------------

    private Play begin() {
        lives++;
        executor.attach(lives);
        plan = workflow.plan();
        Play play = new Play(plan, settings);
        journal.facts().forEach(play.scheduler::apply);
        Map<Key, String> failed = journal.failed();
        var made = new Fact.PlanMade(plan.taskCount(), new LinkedHashMap<>());
        journal.add(made);
        play.scheduler.apply(made);
        check(play);
        play.scheduler.orphans().forEach(this::writeOff);
        mail.add(new Event.RunRequested());
        if (settings.keepGoing() && random.nextBoolean()) {
            failed.forEach(this::giveUp);
        }
        return play;
    }

    /**
     * As the run loop does: the task is no part of the plan, so the scheduler has no word for it.
     */
    private void writeOff(OpenAttempt orphan) {
        var name = new SimulatedExecutor.Name(orphan.task(), orphan.attempt());
        executor.cancel(lives, name);
        journal.add(
                new Fact.AttemptEnded(orphan.task(), orphan.attempt(), new AttemptEnd.Cancelled()));
        journal.add(new Fact.TaskSettled(orphan.task(), orphan.attempt(), new Verdict.Cancelled()));
    }

    private void giveUp(Key key, String reason) {
        int task = SimulatedWorkflow.indexOf(plan, key.text());
        if (task >= 0) {
            mail.add(new Event.GivenUp(task, reason));
            count(new Report(0, 0, 0, 0, 0, 0, 1, 0, 0, 0));
        }
    }

    private void restart(Death death) {
        mail.clear();
        alarms.clear();
        replans.clear();
        if (random.nextBoolean()) {
            // It only slept: what it was about to do it does, before or after the next one comes.
            count(new Report(0, 0, 0, 1, 0, 0, 0, 0, 0, 0));
            if (random.nextBoolean()) {
                death.order.run();
            } else {
                lateOrders.add(death.order);
            }
        } else {
            count(new Report(0, 0, 1, 0, 0, 0, 0, 0, 0, 0));
        }
        while (random.nextDouble() < 10 * fullDisks) {
            // No new engine can begin; what runs goes on.
            executor.endOne();
        }
        switch (random.nextInt(8)) {
            case 0 -> executor.loseWhatRuns();
            case 1 -> {
                executor.forgetAll();
                count(new Report(0, 0, 0, 0, 0, 1, 0, 0, 0, 0));
            }
            default -> {}
        }
        if (random.nextInt(5) == 0) {
            workflow.changeAnInput();
        }
        engine = begin();
    }

    private void mayDie(Runnable order) {
        if (random.nextDouble() < crashes / 4) {
            throw new Death(order);
        }
    }

    private void mayDie() {
        mayDie(() -> {});
    }

    // Steps ------------------------------------------------------------------------------------

    private void step() {
        if (!mail.isEmpty() && random.nextInt(3) > 0) {
            // In any order, and some twice.
            int which = random.nextInt(mail.size());
            Event event = random.nextInt(10) == 0 ? mail.get(which) : mail.remove(which);
            tell(event);
        } else if (!replans.isEmpty() && random.nextBoolean()) {
            replan();
        } else if (!lateOrders.isEmpty() && random.nextInt(4) == 0) {
            lateOrders.removeFirst().run();
        } else if (!alarms.isEmpty() && !clockSetBack && random.nextBoolean()) {
            mail.add(alarms.remove(random.nextInt(alarms.size())));
        } else {
            somethingEnds();
        }
        if (!finished && random.nextInt(500) == 0) {
            tell(someWhim());
        }
        if (!finished && random.nextInt(40) == 0) {
            retryOne();
        }
    }

    private void somethingEnds() {
        SimulatedExecutor.Name ended = executor.endOne();
        if (ended != null) {
            report(ended);
        } else if (!alarms.isEmpty()) {
            mail.add(alarms.removeFirst());
        } else if (mail.isEmpty() && replans.isEmpty()) {
            throw new AssertionError("the run hangs: " + engine.scheduler.counts());
        }
    }

    private Event someWhim() {
        int task = random.nextInt(plan.taskCount() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> new Event.StopRequested(random.nextBoolean());
            case 1 -> new Event.CancelRequested(task);
            case 2 -> new Event.CapacityChanged(Limits.cores(cores));
            case 3 -> new Event.RetryDue(task, random.nextInt(9));
            default ->
                    new Event.AttemptEnded(
                            task, random.nextInt(9), new AttemptEnd.Lost("a stranger's word"));
        };
    }

    /** Something that failed, else anything at all: of most of that nothing must come. */
    private void retryOne() {
        List<Key> failed = List.copyOf(journal.failed().keySet());
        int task =
                failed.isEmpty()
                        ? random.nextInt(plan.taskCount() + 1)
                        : SimulatedWorkflow.indexOf(
                                plan, failed.get(random.nextInt(failed.size())).text());
        long before = journal.facts().size();
        boolean hadFailed =
                task >= 0
                        && task < plan.taskCount()
                        && engine.state(task) instanceof TaskState.Failed;
        if (hadFailed) {
            count(new Report(0, 0, 0, 0, 0, 0, 0, 1, 0, 0));
        }
        tell(new Event.RetryRequested(task));
        if (!hadFailed) {
            assertThat(journal.facts()).as("of task " + task).hasSize((int) before);
        }
    }

    private void report(SimulatedExecutor.Name name) {
        int task = SimulatedWorkflow.indexOf(plan, name.task().text());
        if (task >= 0 && !executor.runs(name)) {
            mail.add(new Event.AttemptEnded(task, name.attempt(), executor.endOf(name)));
        }
    }

    private void tell(Event event) {
        count(new Report(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        if (event instanceof Event.AttemptEnded(int task, int attempt, _)
                && isStrangers(task, attempt)) {
            return;
        }
        Outcome outcome = engine.scheduler.on(event);
        check(engine);
        if (!outcome.facts().isEmpty() && random.nextDouble() < fullDisks) {
            count(new Report(0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
            throw new Death(() -> {});
        }
        for (Fact fact : outcome.facts()) {
            mayDie();
            journal.add(fact);
            if (fact instanceof Fact.JobFinished(var task, _, _)) {
                workflow.finished(task.text());
            }
        }
        if (random.nextInt(40) == 0) {
            checkRestored();
        }
        if (random.nextDouble() < crashes) {
            throw new Death(() -> {});
        }
        for (Command command : outcome.commands()) {
            mayDie();
            carryOut(command);
        }
    }

    /** A stranger may lie about attempts that are not open, not about those that are. */
    private boolean isStrangers(int task, int attempt) {
        return task < plan.taskCount()
                && executor.runs(new SimulatedExecutor.Name(plan.key(task), attempt))
                && engine.state(task) instanceof TaskState.Open open
                && open.attempt() == attempt;
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Evaluate(var questions) -> questions.forEach(this::evaluate);
            case Command.Start(int task, int attempt, _, var needs, _) ->
                    start(task, attempt, needs);
            case Command.Adopt(int task, int attempt, _) -> adopt(task, attempt);
            case Command.Cancel(int task, int attempt) -> cancel(task, attempt);
            case Command.Settle(int task, int attempt, var end) ->
                    mail.add(settled(task, attempt, end));
            case Command.Delay(int task, int attempt, _, _) ->
                    alarms.add(new Event.RetryDue(task, attempt));
            case Command.TaskDone _ -> {}
            case Command.Replan(int checkpoint) -> replans.add(checkpoint);
            case Command.FinishRun(var outcome) -> {
                finished = true;
                if (outcome == RunOutcome.SUCCEEDED) {
                    assertThat(workflow.done()).containsAll(workflow.names());
                }
            }
        }
    }

    private void evaluate(Command.Evaluation question) {
        int task = question.task();
        if (random.nextInt(200) == 0) {
            mail.add(new Event.EvaluationFailed(task, question.attempt(), "KeyError"));
        } else {
            Needs needs = Needs.threads(random.nextInt(cores + 2));
            mail.add(new Event.Evaluated(task, question.attempt(), needs, "local"));
        }
    }

    private void start(int task, int attempt, Needs needs) {
        SimulatedExecutor.Name name = name(task, attempt);
        assertThat(workflow.done())
                .as("%s was finished, and starts again", plan.name(task))
                .doesNotContain(plan.name(task));
        assertThat(workflow.done())
                .as("%s starts before its needs", plan.name(task))
                .containsAll(workflow.needsOf(plan.name(task)));
        assertThat(executor.earlierThan(name))
                .as("%s starts before all is known of earlier attempts", name)
                .allMatch(journal::saysSettled);
        journal.add(new Fact.AttemptHandedOver(name.task(), attempt, List.of()));
        int by = lives;
        Runnable order = () -> executor.start(by, name, needs.threads());
        mayDie(order);
        order.run();
        assertThat(executor.threadsInUse()).as("threads").isLessThanOrEqualTo(cores);
        if (random.nextBoolean()) {
            mail.add(new Event.AttemptRunning(task, attempt));
        }
    }

    private void cancel(int task, int attempt) {
        SimulatedExecutor.Name name = name(task, attempt);
        int by = lives;
        Runnable order = () -> executor.cancel(by, name);
        mayDie(order);
        order.run();
        reportAdopted(name);
    }

    private void adopt(int task, int attempt) {
        SimulatedExecutor.Name name = name(task, attempt);
        if (!journal.saysHandedOver(name)) {
            mail.add(new Event.AttemptEnded(task, attempt, new AttemptEnd.NeverStarted()));
            return;
        }
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            if (executor.runs(name)) {
                mail.add(new Event.AttemptRunning(task, attempt));
            } else {
                report(name);
            }
        }
    }

    /** One that was never handed over is not the executor's to speak of. */
    private void reportAdopted(SimulatedExecutor.Name name) {
        if (journal.saysHandedOver(name)) {
            report(name);
        }
    }

    private Event settled(int task, int attempt, AttemptEnd end) {
        PlannedJob job = plan.jobs(task).getFirst();
        if (!(end instanceof AttemptEnd.Succeeded)) {
            return new Event.Settled(task, attempt, List.of(new JobEnd.NotRun(job.key())));
        }
        JobEnd jobEnd =
                random.nextInt(20) == 0
                        ? new JobEnd.Failed(
                                job.key(), job.rule(), 0, "an output is missing", "", List.of())
                        : Play.finished(job);
        return new Event.Settled(task, attempt, List.of(jobEnd));
    }

    /**
     * Answers all checkpoints that wait at once, as a loop that plans while others finish would.
     */
    private void replan() {
        List<Integer> waiting = List.copyOf(replans);
        replans.clear();
        if (random.nextInt(20) == 0) {
            waiting.forEach(
                    checkpoint -> tell(new Event.ReplanFailed(checkpoint, "no rule makes it")));
            return;
        }
        Event.PlanChanged change = workflow.replan(plan, waiting);
        plan = (TestWorkload) change.workload();
        tell(change);
    }

    // Checks -----------------------------------------------------------------------------------

    private void check(Play play) {
        play.scheduler.checkInvariants();
        count(new Report(0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
    }

    private void count(Report more) {
        report = report.plus(more);
    }

    /** Once all facts of an outcome are written, applying them leads to where the engine stands. */
    private void checkRestored() {
        Scheduler restored = new Scheduler(plan, settings);
        journal.facts().forEach(restored::apply);
        restored.checkInvariants();
        count(new Report(0, 0, 0, 0, 0, 0, 0, 0, 1, 1));
        for (int task = 0; task < plan.taskCount(); task++) {
            assertThat(lasting(restored.stateOf(task)))
                    .as("%s after %s", plan.name(task), journal.facts())
                    .isEqualTo(lasting(engine.state(task)));
        }
    }

    /** What facts say of a state: whether it is evaluated or queued is lost with the engine. */
    private static Object lasting(TaskState state) {
        return switch (state) {
            case TaskState.Waiting _, TaskState.Ready _, TaskState.Evaluating _ -> "idle";
            case TaskState.Queued _, TaskState.Delayed _ -> "idle";
            case TaskState.Submitted(int attempt, _, _) -> attempt;
            case TaskState.Adopting(int attempt, _, _) -> attempt;
            case TaskState.Running(int attempt, _, _) -> attempt;
            // For which of its needs is told by the graph at that time.
            case TaskState.Abandoned _ -> "abandoned";
            case TaskState.Settling _, TaskState.Replanning _, TaskState.Ended _ -> state;
        };
    }

    private void checkEnd() {
        assertThat(journal.facts().getLast()).isInstanceOf(Fact.RunEnded.class);
        for (int task = 0; task < plan.taskCount(); task++) {
            assertThat(engine.state(task))
                    .as(plan.name(task))
                    .isNotInstanceOfAny(TaskState.Open.class, TaskState.Replanning.class);
        }
        lateOrders.forEach(Runnable::run);
        assertThat(executor.endOne()).as("still running").isNull();
    }

    private SimulatedExecutor.Name name(int task, int attempt) {
        return new SimulatedExecutor.Name(plan.key(task), attempt);
    }
}
