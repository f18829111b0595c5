package dev.sluice.engine.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The state machine of one run: one event in, facts and commands out. Deterministic; owned by one
 * thread; never reads a clock or a file. The work for an event grows with the task's neighbours,
 * not with the run.
 */
public final class Scheduler {
    private final Judge judge;
    private final Board board;
    private final Effects effects;
    private final Memory memory;

    /** Tasks whose open attempt is unwanted: cancelled, or no part of the plan any more. */
    private final BitSet unwanted = new BitSet();

    private boolean begun;
    private boolean finished;
    private List<Fact> facts = new ArrayList<>();
    private List<Command> commands = new ArrayList<>();

    public Scheduler(Workload workload, SchedulerSettings settings) {
        this(workload, settings, GreedyPolicy::new);
    }

    public Scheduler(Workload workload, SchedulerSettings settings, Policy.Maker policies) {
        board = new Board(workload, settings.limits(), policies);
        effects = new Effects(board);
        memory = new Memory(board, effects);
        judge = new Judge(settings, board, effects);
    }

    /** Takes a fact of an earlier life for true. Only before the first event. */
    public void apply(Fact fact) {
        if (begun) {
            throw new IllegalStateException("facts are applied before the run begins");
        }
        if (fact instanceof Fact.Decided decided) {
            memory.apply(decided);
        }
    }

    public Outcome on(Event event) {
        if (finished || isTooEarly(event)) {
            return Outcome.NOTHING;
        }
        decide(event);
        if (begun) {
            askNeeds();
            startWhatFits();
            finishIfOver();
        }
        return takeOutcome();
    }

    public TaskState stateOf(int task) {
        return board.stateOf(task);
    }

    public TaskCounts counts() {
        return board.counts();
    }

    /** Attempts of earlier lives that nobody wants any more: to be cancelled, and said. */
    public List<OpenAttempt> orphans() {
        return memory.orphans();
    }

    /** For tests: throws where what is kept in step is out of step. */
    public void checkInvariants() {
        board.check();
    }

    private void decide(Event event) {
        switch (event) {
            case Event.RunRequested() -> begin();
            case Event.Evaluated(int task, int attempt, var needs, var executor) -> {
                if (state(task) instanceof TaskState.Evaluating(int current)
                        && current == attempt) {
                    queue(task, attempt, needs, executor);
                }
            }
            case Event.EvaluationFailed(int task, int attempt, var reason) -> {
                if (state(task) instanceof TaskState.Evaluating(int current)
                        && current == attempt) {
                    settle(task, attempt, new Verdict.Failed(reason));
                }
            }
            case Event.AttemptRunning(int task, int attempt) -> running(task, attempt);
            case Event.AttemptEnded(int task, int attempt, var end) -> ended(task, attempt, end);
            case Event.Settled(int task, int attempt, var jobs) -> {
                if (state(task) instanceof TaskState.Settling(int current, var end, _)
                        && current == attempt) {
                    settled(task, attempt, end, jobs);
                }
            }
            case Event.RetryDue(int task, int attempt) -> {
                if (state(task) instanceof TaskState.Delayed(int current) && current == attempt) {
                    board.await(task);
                }
            }
            case Event.PlanChanged change -> changePlan(change);
            case Event.ReplanFailed(int task, var reason) -> {
                if (state(task) instanceof TaskState.Replanning(int attempt)) {
                    settle(task, attempt, new Verdict.Failed(reason));
                }
            }
            case Event.CapacityChanged(var limits) -> resize(limits);
            case Event.StopRequested(boolean now) -> stop(now);
            case Event.CancelRequested(int task) -> cancel(task);
            case Event.RetryRequested(int task) -> retry(task);
            case Event.GivenUp(int task, var reason) -> {
                if (state(task).isIdle()) {
                    settle(task, board.attemptOf(task), new Verdict.Failed(reason));
                }
            }
        }
    }

    /** Words about attempts come again once they are asked for: adopting begins with the run. */
    private boolean isTooEarly(Event event) {
        return switch (event) {
            case Event.RunRequested _, Event.CapacityChanged _, Event.StopRequested _ -> false;
            case Event.GivenUp _ -> false;
            default -> !begun;
        };
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        for (int task = 0; task < board.size(); task++) {
            switch (board.stateOf(task)) {
                case TaskState.Submitted(int attempt, var needs, var executor) ->
                        adopt(task, attempt, needs, executor);
                case TaskState.Running(int attempt, var needs, var executor) ->
                        adopt(task, attempt, needs, executor);
                case TaskState.Settling(int attempt, var end, _) ->
                        commands.add(new Command.Settle(task, attempt, end));
                case TaskState.Replanning _ -> commands.add(new Command.Replan(task));
                default -> {}
            }
            disownIfOutdated(task);
        }
    }

    /**
     * An attempt that may have read inputs which are made anew now does not count, however it ends;
     * nor does it when the engine dies before it ends and the inputs are there again.
     */
    private void disownIfOutdated(int task) {
        if (!(board.stateOf(task) instanceof TaskState.Open open)) {
            return;
        }
        boolean known = effects.isDisowned(task);
        if (!known && board.unfinishedNeeds(task) > 0) {
            effects.disown(task);
            facts.add(new Fact.AttemptDisowned(key(task), open.attempt()));
            known = true;
        }
        if (known && !(open instanceof TaskState.Settling)) {
            commands.add(new Command.Cancel(task, open.attempt()));
        }
    }

    private void adopt(int task, int attempt, Needs needs, String executor) {
        board.set(task, new TaskState.Adopting(attempt, needs, executor));
        commands.add(new Command.Adopt(task, attempt, executor));
    }

    private void queue(int task, int attempt, Needs needs, String executor) {
        String refusal = board.capacity().refusal(needs);
        if (refusal != null) {
            settle(task, attempt, new Verdict.Failed(refusal));
        } else {
            board.set(task, new TaskState.Queued(attempt, needs, executor));
        }
    }

    private void running(int task, int attempt) {
        TaskState state = state(task);
        if ((state instanceof TaskState.Submitted || state instanceof TaskState.Adopting)
                && isCurrent(task, attempt)) {
            effects.running(task, attempt);
            facts.add(new Fact.AttemptRunning(key(task), attempt));
        }
    }

    private void ended(int task, int attempt, AttemptEnd told) {
        TaskState state = state(task);
        if (!isCurrent(task, attempt) || state instanceof TaskState.Settling) {
            return;
        }
        AttemptEnd end = judge.believe(task, told, unwanted.get(task));
        effects.ended(task, attempt, end);
        facts.add(new Fact.AttemptEnded(key(task), attempt, end));
        commands.add(new Command.Settle(task, attempt, end));
    }

    private void settled(int task, int attempt, AttemptEnd end, List<JobEnd> jobs) {
        boolean ranToItsEnd =
                end instanceof AttemptEnd.Succeeded || end instanceof AttemptEnd.Failed;
        for (JobEnd job : effects.isDisowned(task) ? List.<JobEnd>of() : jobs) {
            switch (job) {
                case JobEnd.Finished(var made) ->
                        facts.add(new Fact.JobFinished(key(task), attempt, made));
                case JobEnd.Failed failed -> {
                    if (ranToItsEnd) {
                        facts.add(new Fact.JobFailed(key(task), attempt, failed));
                    }
                }
                case JobEnd.NotRun _ -> {}
            }
        }
        Verdict verdict = judge.judge(task, end, jobs, unwanted.get(task));
        unwanted.clear(task);
        settle(task, attempt, verdict);
    }

    private void settle(int task, int attempt, Verdict verdict) {
        effects.settled(task, attempt, verdict);
        facts.add(new Fact.TaskSettled(key(task), attempt, verdict));
        switch (verdict) {
            case Verdict.Succeeded _ -> {
                commands.add(new Command.TaskDone(task));
                if (board.stateOf(task) instanceof TaskState.Replanning) {
                    commands.add(new Command.Replan(task));
                }
            }
            case Verdict.Again(Budget budget) -> delay(task, budget);
            case Verdict.Failed _, Verdict.Cancelled _ -> {}
        }
    }

    /**
     * Errors of the user's are tried again at once; what the world did to us may still be going on.
     */
    private void delay(int task, Budget budget) {
        boolean atOnce = budget == Budget.NONE || budget == Budget.RETRIES;
        if (!atOnce && !judge.isStopping() && board.stateOf(task) instanceof TaskState.Ready) {
            int next = board.attemptOf(task) + 1;
            board.set(task, new TaskState.Delayed(next));
            commands.add(new Command.Delay(task, next, budget, effects.spent(task, budget)));
        }
    }

    private void changePlan(Event.PlanChanged change) {
        if (change.checkpoints().stream()
                .noneMatch(task -> state(task) instanceof TaskState.Replanning)) {
            return;
        }
        var jobsByRule = new LinkedHashMap<String, Integer>();
        change.removed().forEach(task -> countJobs(task, -1, jobsByRule));
        // The new plan may leave out what is done, the checkpoints too: the old one knows who
        // waits.
        var recounted = new LinkedHashSet<>(change.rewired());
        recounted.addAll(board.dependentsOf(change.checkpoints()));
        board.grow(change.workload());
        change.added()
                .forEach(
                        task -> {
                            memory.recall(task);
                            countJobs(task, 1, jobsByRule);
                        });
        facts.add(
                new Fact.PlanChanged(
                        keys(change.checkpoints()),
                        keys(change.added()),
                        keys(change.rewired()),
                        keys(change.removed()),
                        jobsByRule));
        effects.planChanged(change.checkpoints(), List.copyOf(recounted), change.removed());
        change.removed().forEach(this::cancelAttempt);
        change.rewired().forEach(this::disownIfOutdated);
    }

    private void countJobs(int task, int sign, Map<String, Integer> jobsByRule) {
        for (PlannedJob job : board.workload().jobs(task)) {
            jobsByRule.merge(job.rule(), sign, Integer::sum);
        }
    }

    private void resize(Limits limits) {
        board.resize(limits);
        for (int task = 0; task < board.size(); task++) {
            if (board.stateOf(task) instanceof TaskState.Queued(int attempt, var needs, _)) {
                String refusal = board.capacity().refusal(needs);
                if (refusal != null) {
                    settle(task, attempt, new Verdict.Failed(refusal));
                }
            }
        }
    }

    private void stop(boolean now) {
        effects.stopRequested();
        facts.add(new Fact.StopRequested(now));
        if (now) {
            for (int task = 0; task < board.size(); task++) {
                cancelAttempt(task);
            }
        }
    }

    private void cancel(int task) {
        TaskState state = state(task);
        if (state instanceof TaskState.Open) {
            cancelAttempt(task);
        } else if (state.isIdle()) {
            settle(task, board.attemptOf(task), new Verdict.Cancelled());
        }
    }

    /** A run that was asked to stop starts nothing, and a changed plan may not have the task. */
    private void retry(int task) {
        if (effects.stopAsked()
                || !(state(task) instanceof TaskState.Failed)
                || board.workload().jobs(task).isEmpty()) {
            return;
        }
        effects.retryRequested(task);
        facts.add(new Fact.RetryRequested(key(task)));
        if (board.stateOf(task) instanceof TaskState.Replanning) {
            commands.add(new Command.Replan(task));
        }
    }

    private void cancelAttempt(int task) {
        if (board.stateOf(task) instanceof TaskState.Open open && !unwanted.get(task)) {
            unwanted.set(task);
            if (!(open instanceof TaskState.Settling)) {
                commands.add(new Command.Cancel(task, open.attempt()));
            }
        }
    }

    private void askNeeds() {
        // Who stops for a failure goes on when it is retried: what is ready is kept for then.
        List<Integer> ready = judge.isStopping() ? List.of() : board.takeReady();
        if (ready.isEmpty()) {
            return;
        }
        var questions = new ArrayList<Command.Evaluation>(ready.size());
        for (int task : ready) {
            if (board.stateOf(task) instanceof TaskState.Ready) {
                // A number for each question, so that an answer to an older one is known as such.
                int attempt = board.attemptOf(task) + 1;
                board.countAttempt(task, attempt);
                board.set(task, new TaskState.Evaluating(attempt));
                questions.add(new Command.Evaluation(task, attempt, effects.tryNumber(task)));
            }
        }
        if (!questions.isEmpty()) {
            commands.add(new Command.Evaluate(questions));
        }
    }

    private void startWhatFits() {
        while (!judge.isStopping()) {
            int task = board.choose();
            if (task < 0
                    || !(board.stateOf(task)
                            instanceof TaskState.Queued(int attempt, var wanted, var executor))) {
                return;
            }
            Needs needs = board.capacity().capped(wanted);
            int tryNumber = effects.tryNumber(task);
            effects.started(task, attempt, needs, executor);
            List<PlannedJob> jobs = board.workload().jobs(task);
            facts.add(
                    new Fact.AttemptStarted(key(task), attempt, tryNumber, executor, needs, jobs));
            commands.add(new Command.Start(task, attempt, tryNumber, needs, executor));
        }
    }

    private void finishIfOver() {
        TaskCounts counts = board.counts();
        int going = counts.open() + counts.replanning();
        if (!judge.isStopping()) {
            going += counts.evaluating() + counts.queued() + counts.delayed();
        }
        if (going > 0) {
            return;
        }
        if (!judge.isStopping() && counts.waiting() > 0) {
            throw new IllegalStateException(
                    counts.waiting() + " tasks wait and nothing runs: the plan has a cycle");
        }
        finished = true;
        RunOutcome outcome = outcome(counts);
        facts.add(new Fact.RunEnded(outcome));
        commands.add(new Command.FinishRun(outcome));
    }

    private RunOutcome outcome(TaskCounts counts) {
        if (counts.failed() > 0) {
            return RunOutcome.FAILED;
        }
        int done = counts.succeeded() + counts.removed();
        return done == board.size() ? RunOutcome.SUCCEEDED : RunOutcome.STOPPED;
    }

    /** A late word about an older attempt changes nothing. */
    private boolean isCurrent(int task, int attempt) {
        return state(task) instanceof TaskState.Open open && open.attempt() == attempt;
    }

    /** Of a task that nobody knows it is enough to say that it is over. */
    private TaskState state(int task) {
        return board.knows(task) ? board.stateOf(task) : new TaskState.Removed();
    }

    private Key key(int task) {
        return board.workload().key(task);
    }

    private List<Key> keys(List<Integer> tasks) {
        return tasks.stream().map(this::key).toList();
    }

    private Outcome takeOutcome() {
        if (facts.isEmpty() && commands.isEmpty()) {
            return Outcome.NOTHING;
        }
        var outcome = new Outcome(facts, commands);
        facts = new ArrayList<>();
        commands = new ArrayList<>();
        return outcome;
    }
}
