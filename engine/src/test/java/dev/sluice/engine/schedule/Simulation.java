package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * One run under one seed: a random graph, an executor of the worst kind, an engine that may die
 * between any fact and its command. What is written lasts; all else is lost with the engine.
 */
final class Simulation {
    private static final int MOST_STEPS = 20_000;

    private final Random random;
    private final SimulatedExecutor executor;
    private final int cores;
    private final boolean keepGoing;
    private final double crashes;

    /** The workflow: needs by name. Checkpoints add to it once they are done. */
    private final Map<String, List<String>> graph = new LinkedHashMap<>();

    private final Set<String> checkpoints = new LinkedHashSet<>();
    private final Set<String> opened = new LinkedHashSet<>();

    /** What is on disk: finished, and recorded as such. */
    private final Set<String> done = new LinkedHashSet<>();

    private final List<Fact> journal = new ArrayList<>();
    private final List<Event> mail = new ArrayList<>();
    private final List<Integer> replans = new ArrayList<>();
    private Play engine;
    private TestWorkload plan = new TestWorkload();
    private boolean finished;
    private int events;
    private int deaths;

    record Report(int events, int deaths, int facts) {}

    /** The engine died here. */
    private static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Simulation(long seed) {
        random = new Random(seed);
        executor = new SimulatedExecutor(random);
        cores = 1 + random.nextInt(6);
        keepGoing = random.nextInt(3) > 0;
        crashes = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.05;
        int tasks = 1 + random.nextInt(30);
        for (int task = 0; task < tasks; task++) {
            addTask("t" + task, random.nextInt(10) == 0);
        }
        engine = begin();
    }

    Report run() {
        for (int step = 0; !finished; step++) {
            assertThat(step).as("steps").isLessThan(MOST_STEPS);
            try {
                step();
            } catch (Death death) {
                deaths++;
                restart(random.nextInt(4) == 0);
            }
        }
        checkEnd();
        return new Report(events, deaths, journal.size());
    }

    private void addTask(String name, boolean checkpoint) {
        var needs = new LinkedHashSet<String>();
        List<String> earlier = List.copyOf(graph.keySet());
        for (int need = random.nextInt(4); need > 0 && !earlier.isEmpty(); need--) {
            needs.add(earlier.get(random.nextInt(earlier.size())));
        }
        graph.put(name, new ArrayList<>(needs));
        if (checkpoint) {
            checkpoints.add(name);
        }
    }

    /** Made from the graph and the disk, as a planner would. */
    private TestWorkload makePlan() {
        var made = new TestWorkload();
        for (String name : graph.keySet()) {
            if (!done.contains(name)) {
                add(made, name);
            }
        }
        for (int task = 0; task < made.taskCount(); task++) {
            made.rewire(task, needsIn(made, made.name(task)));
        }
        return made;
    }

    private void add(TestWorkload made, String name) {
        int task = made.task(name);
        made.retries(task, Math.floorMod(name.hashCode(), 3))
                .priority(task, Math.floorMod(name.hashCode(), 5));
        if (checkpoints.contains(name)) {
            made.asCheckpoint(task);
        }
    }

    private List<Integer> needsIn(TestWorkload made, String name) {
        return needsOf(name).stream()
                .map(need -> indexOf(made, need))
                .filter(need -> need >= 0)
                .toList();
    }

    private List<String> needsOf(String name) {
        return Objects.requireNonNull(graph.get(name));
    }

    private static int indexOf(TestWorkload made, String name) {
        for (int task = 0; task < made.taskCount(); task++) {
            if (made.name(task).equals(name)) {
                return task;
            }
        }
        return -1;
    }

    private Play begin() {
        plan = makePlan();
        Play play = new Play(plan, new SchedulerSettings(Limits.cores(cores), keepGoing, 4, 2, 2));
        journal.forEach(play.scheduler::apply);
        var made = new Fact.PlanMade(plan.taskCount(), new LinkedHashMap<>());
        journal.add(made);
        play.scheduler.apply(made);
        play.scheduler.checkInvariants();
        play.scheduler
                .orphans()
                .forEach(
                        old ->
                                executor.cancel(
                                        new SimulatedExecutor.Name(old.task(), old.attempt())));
        mail.add(new Event.RunRequested());
        return play;
    }

    private void restart(boolean executorDiesToo) {
        mail.clear();
        replans.clear();
        if (executorDiesToo) {
            executor.die();
        }
        for (String checkpoint : checkpoints) {
            if (done.contains(checkpoint) && opened.add(checkpoint)) {
                open(checkpoint);
            }
        }
        if (random.nextInt(5) == 0) {
            changeAnInput();
        }
        engine = begin();
    }

    /** What was done is to be made anew, and all that was made from it. */
    private void changeAnInput() {
        var stale = new LinkedHashSet<String>();
        int before;
        do {
            before = stale.size();
            for (String name : done) {
                boolean reached = needsOf(name).stream().anyMatch(stale::contains);
                if (reached || (before == 0 && random.nextInt(8) == 0)) {
                    stale.add(name);
                }
            }
        } while (stale.size() > before);
        done.removeAll(stale);
    }

    private void step() {
        if (!mail.isEmpty() && random.nextInt(3) > 0) {
            // In any order, and some twice.
            int which = random.nextInt(mail.size());
            Event event = random.nextInt(10) == 0 ? mail.get(which) : mail.remove(which);
            tell(event);
        } else if (!replans.isEmpty() && random.nextBoolean()) {
            replan();
        } else {
            SimulatedExecutor.Name ended = executor.endOne();
            if (ended != null) {
                report(ended);
            } else if (mail.isEmpty() && replans.isEmpty()) {
                throw new AssertionError("the run hangs: " + engine.scheduler.counts());
            }
        }
        if (random.nextInt(500) == 0) {
            tell(someWhim());
        }
    }

    private Event someWhim() {
        int task = random.nextInt(plan.taskCount() + 1);
        return switch (random.nextInt(4)) {
            case 0 -> new Event.StopRequested(random.nextBoolean());
            case 1 -> new Event.CancelRequested(task);
            case 2 -> new Event.CapacityChanged(Limits.cores(cores));
            default ->
                    new Event.AttemptEnded(
                            task, random.nextInt(9), new AttemptEnd.Lost("a stranger's word"));
        };
    }

    private void report(SimulatedExecutor.Name name) {
        int task = indexOf(plan, name.task().text());
        AttemptEnd end = executor.endOf(name);
        if (task >= 0 && end != null) {
            mail.add(new Event.AttemptEnded(task, name.attempt(), end));
        }
    }

    private void tell(Event event) {
        events++;
        if (event instanceof Event.AttemptEnded(int task, int attempt, _)
                && isStrangers(task, attempt)) {
            return;
        }
        Outcome outcome = engine.scheduler.on(event);
        engine.scheduler.checkInvariants();
        for (Fact fact : outcome.facts()) {
            mayDie();
            journal.add(fact);
            // Made from old inputs while new ones are being made: a planner would see that it is
            // stale.
            if (fact instanceof Fact.JobFinished(var task, _, _)
                    && done.containsAll(needsOf(task.text()))) {
                done.add(task.text());
            }
        }
        if (random.nextDouble() < crashes) {
            checkRestored();
            throw new Death();
        }
        for (Command command : outcome.commands()) {
            mayDie();
            carryOut(command);
        }
    }

    /** A stranger may lie about attempts that are not open, not about those that are. */
    private boolean isStrangers(int task, int attempt) {
        return task < plan.taskCount()
                && executor.endOf(new SimulatedExecutor.Name(plan.key(task), attempt)) == null
                && engine.state(task) instanceof TaskState.Open open
                && open.attempt() == attempt;
    }

    private void mayDie() {
        if (random.nextDouble() < crashes / 4) {
            throw new Death();
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Evaluate(var questions) -> questions.forEach(this::evaluate);
            case Command.Start(int task, int attempt, _, var needs, _) ->
                    start(task, attempt, needs);
            case Command.Adopt(int task, int attempt, _) -> adopt(task, attempt);
            case Command.Cancel(int task, int attempt) -> {
                executor.cancel(name(task, attempt));
                report(name(task, attempt));
            }
            case Command.Settle(int task, int attempt, var end) ->
                    mail.add(settled(task, attempt, end));
            case Command.Delay(int task, int attempt, _, _) ->
                    mail.add(new Event.RetryDue(task, attempt));
            case Command.TaskDone _ -> {}
            case Command.Replan(int checkpoint) -> replans.add(checkpoint);
            case Command.FinishRun(var outcome) -> {
                finished = true;
                if (outcome == RunOutcome.SUCCEEDED) {
                    assertThat(done).containsAll(graph.keySet());
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
        assertThat(done)
                .as("%s was finished, and starts again", plan.name(task))
                .doesNotContain(plan.name(task));
        assertThat(done)
                .as("%s starts before its needs", plan.name(task))
                .containsAll(needsOf(plan.name(task)));
        executor.start(name(task, attempt), needs.threads());
        assertThat(executor.threadsInUse()).as("threads").isLessThanOrEqualTo(cores);
        if (random.nextBoolean()) {
            mail.add(new Event.AttemptRunning(task, attempt));
        }
    }

    private void adopt(int task, int attempt) {
        if (executor.endOf(name(task, attempt)) == null) {
            mail.add(new Event.AttemptRunning(task, attempt));
        } else {
            report(name(task, attempt));
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
        TestWorkload changed = plan.copy();
        var rewired = new LinkedHashSet<String>();
        for (int checkpoint : waiting) {
            String name = plan.name(checkpoint);
            rewired.addAll(opened.add(name) ? open(name) : List.of());
        }
        var added = new ArrayList<Integer>();
        for (String name : graph.keySet()) {
            if (indexOf(changed, name) < 0 && !done.contains(name)) {
                added.add(changed.taskCount());
                add(changed, name);
            }
        }
        added.forEach(task -> changed.rewire(task, needsIn(changed, changed.name(task))));
        List<Integer> tasks =
                rewired.stream()
                        .map(name -> indexOf(changed, name))
                        .filter(task -> task >= 0)
                        .toList();
        tasks.forEach(task -> changed.rewire(task, needsIn(changed, changed.name(task))));
        plan = changed;
        tell(new Event.PlanChanged(waiting, changed, added, tasks, List.of()));
    }

    /**
     * New tasks that need the checkpoint; what needs it needs them too from now on. Gives the
     * latter.
     */
    private List<String> open(String checkpoint) {
        List<String> dependents =
                graph.keySet().stream()
                        .filter(name -> needsOf(name).contains(checkpoint) && !done.contains(name))
                        .toList();
        for (int part = random.nextInt(4); part > 0; part--) {
            String name = checkpoint + ".part" + part;
            graph.put(name, new ArrayList<>(List.of(checkpoint)));
            dependents.forEach(dependent -> needsOf(dependent).add(name));
        }
        return dependents;
    }

    /**
     * Once all facts of an outcome are written, applying them leads to where the dead engine stood.
     */
    private void checkRestored() {
        Scheduler restored =
                new Scheduler(plan, new SchedulerSettings(Limits.cores(cores), keepGoing, 4, 2, 2));
        journal.forEach(restored::apply);
        restored.checkInvariants();
        for (int task = 0; task < plan.taskCount(); task++) {
            assertThat(lasting(restored.stateOf(task)))
                    .as("%s after %s", plan.name(task), journal)
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
        assertThat(journal.getLast()).isInstanceOf(Fact.RunEnded.class);
        Map<TaskState, Integer> states = new HashMap<>();
        for (int task = 0; task < plan.taskCount(); task++) {
            states.merge(engine.state(task), 1, Integer::sum);
            assertThat(engine.state(task))
                    .as(plan.name(task))
                    .isNotInstanceOfAny(TaskState.Open.class, TaskState.Replanning.class);
        }
        assertThat(executor.endOne()).as("still running").isNull();
    }

    private SimulatedExecutor.Name name(int task, int attempt) {
        return new SimulatedExecutor.Name(plan.key(task), attempt);
    }
}
