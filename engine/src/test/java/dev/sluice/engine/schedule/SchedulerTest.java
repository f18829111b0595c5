package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;

class SchedulerTest {
    private final TestWorkload workload = new TestWorkload();

    @Test
    void startsATaskOnceAllThatItNeedsHasSucceeded() {
        int left = workload.task("left");
        int right = workload.task("right");
        int join = workload.task("join", left, right);
        Play play = Play.of(workload);

        assertThat(play.started(play.tell(new Event.RunRequested())))
                .containsExactly("left", "right");
        assertThat(play.started(play.succeeds(left, 1))).isEmpty();
        assertThat(play.state(join)).isEqualTo(new TaskState.Waiting(1));
        assertThat(play.started(play.succeeds(right, 1))).containsExactly("join");
        assertThat(play.succeeds(join, 1))
                .containsExactly(
                        new Command.TaskDone(join), new Command.FinishRun(RunOutcome.SUCCEEDED));
        assertThat(play.facts.getLast()).isEqualTo(new Fact.RunEnded(RunOutcome.SUCCEEDED));
    }

    @Test
    void writesThatAnAttemptStartsInTheOutcomeThatStartsIt() {
        int only = workload.task("only");
        Scheduler scheduler = new Scheduler(workload, SchedulerSettings.of(Limits.cores(4), false));
        assertThat(scheduler.on(new Event.RunRequested()).commands())
                .containsExactly(new Command.Evaluate(List.of(new Command.Evaluation(only, 1, 1))));

        Outcome outcome = scheduler.on(new Event.Evaluated(only, 1, Needs.threads(2), "local"));

        assertThat(outcome.facts())
                .containsExactly(
                        new Fact.AttemptStarted(
                                new Key("only"),
                                1,
                                1,
                                "local",
                                Needs.threads(2),
                                workload.jobs(only)));
        assertThat(outcome.commands())
                .containsExactly(new Command.Start(only, 1, 1, Needs.threads(2), "local"));
    }

    @Test
    void finishesAnEmptyRunAtOnce() {
        assertThat(Play.of(workload).tell(new Event.RunRequested()))
                .containsExactly(new Command.FinishRun(RunOutcome.SUCCEEDED));
    }

    @Test
    void ignoresLateWordOfAnOlderAttempt() {
        int only = workload.task("only");
        workload.retries(only, 1);
        Play play = Play.begun(workload);
        play.fails(only, 1);

        assertThat(play.succeeds(only, 1)).isEmpty();
        assertThat(play.fails(only, 1)).isEmpty();
        assertThat(play.state(only))
                .isEqualTo(new TaskState.Submitted(2, Needs.threads(1), "local"));
    }

    @Test
    void ignoresRepeatedAndUnknownWords() {
        int first = workload.task("first");
        int second = workload.task("second", first);
        Play play = Play.begun(workload);
        play.succeeds(first, 1);
        int facts = play.facts.size();

        play.tell(new Event.RunRequested());
        play.succeeds(first, 1);
        play.tell(new Event.AttemptRunning(first, 1));
        play.tell(new Event.Evaluated(second, 1, Needs.threads(7), "local"));
        play.tell(new Event.EvaluationFailed(second, 1, "late"));
        play.tell(new Event.RetryDue(second, 1));
        play.tell(new Event.AttemptEnded(-1, 1, new AttemptEnd.Succeeded()));
        play.tell(new Event.AttemptEnded(99, 1, new AttemptEnd.Succeeded()));
        play.tell(new Event.CancelRequested(99));
        play.tell(new Event.ReplanFailed(first, "late"));
        play.tell(new Event.PlanChanged(List.of(first), workload, List.of(), List.of(), List.of()));

        assertThat(play.facts).hasSize(facts);
        assertThat(play.state(second)).isInstanceOf(TaskState.Submitted.class);
    }

    @Test
    void triesAgainAsOftenAsTheRuleAllowsAndTellsTheTry() {
        int only = workload.task("only");
        workload.retries(only, 2);
        Play play = Play.begun(workload);

        play.fails(only, 1);
        play.fails(only, 2);
        assertThat(play.commands)
                .filteredOn(Command.Start.class::isInstance)
                .extracting(command -> ((Command.Start) command).tryNumber())
                .containsExactly(1, 2, 3);
        assertThat(play.fails(only, 3)).containsExactly(new Command.FinishRun(RunOutcome.FAILED));
        assertThat(play.state(only)).isEqualTo(new TaskState.Failed("exit code 1"));
    }

    @Test
    void aTaskThatIsRetriedHasItsTriesAnewAndWhatWaitedForItWaitsAgain() {
        int first = workload.task("first");
        int second = workload.task("second", first);
        int third = workload.task("third", second);
        int other = workload.task("other");
        workload.retries(first, 1);
        Play play = Play.begun(workload);
        play.fails(first, 1);
        play.fails(first, 2);
        assertThat(play.state(third)).isInstanceOf(TaskState.Abandoned.class);

        assertThat(play.tell(new Event.RetryRequested(first)))
                .as("the run had stopped for nothing else")
                .containsExactly(new Command.Start(first, 3, 1, Needs.threads(1), "local"));
        assertThat(play.facts).contains(new Fact.RetryRequested(new Key("first")));
        assertThat(play.state(second)).isEqualTo(new TaskState.Waiting(1));
        assertThat(play.state(third)).isEqualTo(new TaskState.Waiting(1));
        play.fails(first, 3);
        play.succeeds(first, 4);
        play.succeeds(second, 1);
        play.succeeds(third, 1);
        assertThat(play.succeeds(other, 1)).endsWith(new Command.FinishRun(RunOutcome.SUCCEEDED));
    }

    @Test
    void whatWasReadyWhenARunStoppedForAFailureStartsOnceThatIsRetried() {
        int bad = workload.task("bad");
        int first = workload.task("first");
        int second = workload.task("second", first);
        int going = workload.task("going");
        Play play = Play.begun(workload);
        play.fails(bad, 1);
        assertThat(play.started(play.succeeds(first, 1))).isEmpty();
        assertThat(play.state(second)).isEqualTo(new TaskState.Ready());

        assertThat(play.started(play.tell(new Event.RetryRequested(bad))))
                .containsExactlyInAnyOrder("bad", "second");
        assertThat(play.state(going)).isInstanceOf(TaskState.Submitted.class);
    }

    @Test
    void whatAlsoWaitsForAnotherFailureStaysGivenUpAndTheRunStopped() {
        int left = workload.task("left");
        int right = workload.task("right");
        int both = workload.task("both", left, right);
        int onlyLeft = workload.task("onlyLeft", left);
        int going = workload.task("going");
        Play play = Play.begun(workload);
        play.fails(left, 1);
        play.fails(right, 1);

        assertThat(play.tell(new Event.RetryRequested(left))).as("right has failed").isEmpty();
        assertThat(play.state(left)).isEqualTo(new TaskState.Ready());
        assertThat(play.state(onlyLeft)).isEqualTo(new TaskState.Waiting(1));
        assertThat(play.state(both)).isEqualTo(new TaskState.Abandoned(right));

        assertThat(play.started(play.tell(new Event.RetryRequested(right))))
                .containsExactlyInAnyOrder("left", "right");
        assertThat(play.state(both)).isEqualTo(new TaskState.Waiting(2));
        assertThat(play.state(going)).isInstanceOf(TaskState.Submitted.class);
    }

    @Test
    void aCheckpointWhosePlanCouldNotBeChangedIsPlannedAgainAndNotRunAgain() {
        int checkpoint = workload.task("checkpoint");
        int after = workload.task("after", checkpoint);
        workload.asCheckpoint(checkpoint);
        workload.task("going");
        Play play = Play.begun(workload);
        play.succeeds(checkpoint, 1);
        play.tell(new Event.ReplanFailed(checkpoint, "no rule makes it"));

        assertThat(play.tell(new Event.RetryRequested(checkpoint)))
                .containsExactly(new Command.Replan(checkpoint));
        assertThat(
                        play.started(
                                play.tell(
                                        new Event.PlanChanged(
                                                List.of(checkpoint),
                                                workload,
                                                List.of(),
                                                List.of(),
                                                List.of()))))
                .containsExactly("after");
        assertThat(play.state(after)).isInstanceOf(TaskState.Submitted.class);
    }

    @Test
    void requestsToRetryWhatDidNotFailOrInAStoppedRunChangeNothing() {
        int bad = workload.task("bad");
        int waits = workload.task("waits", bad);
        int going = workload.task("going");
        int cancelled = workload.task("cancelled", going);
        Play play = Play.begun(workload);
        play.fails(bad, 1);
        play.tell(new Event.CancelRequested(cancelled));
        int facts = play.facts.size();

        for (int task : List.of(-1, 99, waits, going, cancelled)) {
            assertThat(play.tell(new Event.RetryRequested(task))).isEmpty();
        }
        assertThat(play.facts).hasSize(facts);

        play.tell(new Event.StopRequested(false));
        play.tell(new Event.RetryRequested(bad));
        assertThat(play.facts).hasSize(facts + 1).endsWith(new Fact.StopRequested(false));
        assertThat(play.state(bad)).isInstanceOf(TaskState.Failed.class);

        assertThat(play.succeeds(going, 1)).endsWith(new Command.FinishRun(RunOutcome.FAILED));
        assertThat(play.tell(new Event.RetryRequested(bad))).as("too late").isEmpty();
    }

    @Test
    void aSecondRequestForTheSameTaskChangesNothing() {
        int bad = workload.task("bad");
        workload.task("going");
        Play play = Play.begun(workload);
        play.fails(bad, 1);
        play.tell(new Event.RetryRequested(bad));
        int facts = play.facts.size();
        assertThat(play.tell(new Event.RetryRequested(bad))).isEmpty();
        assertThat(play.facts).hasSize(facts);
    }

    @Test
    void evictionsAndLossesAndStagingDoNotCostTheUserATry() {
        int only = workload.task("only");
        Play play = Play.begun(workload);
        List<AttemptEnd> ends =
                List.of(
                        new AttemptEnd.Evicted("preempted"),
                        new AttemptEnd.Lost("node gone"),
                        new AttemptEnd.StagingFailed("no network"));

        int attempt = 1;
        for (AttemptEnd end : ends) {
            List<Command> commands = play.fails(only, attempt, end);
            assertThat(commands).singleElement().isInstanceOf(Command.Delay.class);
            assertThat(play.state(only)).isEqualTo(new TaskState.Delayed(attempt + 1));
            attempt++;
            assertThat(play.tell(new Event.RetryDue(only, attempt)))
                    .containsExactly(
                            new Command.Start(only, attempt, 1, Needs.threads(1), "local"));
        }
    }

    @Test
    void failsATaskThatIsLostMoreOftenThanItsBudget() {
        int only = workload.task("only");
        var settings = new SchedulerSettings(Limits.cores(1), true, 5, 1, 5);
        Play play = new Play(workload, settings);
        play.tell(new Event.RunRequested());

        play.fails(only, 1, new AttemptEnd.Lost("node gone"));
        play.tell(new Event.RetryDue(only, 2));
        play.fails(only, 2, new AttemptEnd.Lost("node gone again"));

        assertThat(play.state(only)).isEqualTo(new TaskState.Failed("node gone again"));
    }

    @Test
    void stopsStartingAfterAFailureAndLetsTheRunningOnesFinish() {
        int bad = workload.task("bad");
        int good = workload.task("good");
        int afterBad = workload.task("afterBad", bad);
        int afterGood = workload.task("afterGood", good);
        Play play = Play.begun(workload);

        assertThat(play.fails(bad, 1)).isEmpty();
        assertThat(play.state(afterBad)).isEqualTo(new TaskState.Abandoned(bad));
        assertThat(play.succeeds(good, 1))
                .containsExactly(
                        new Command.TaskDone(good), new Command.FinishRun(RunOutcome.FAILED));
        assertThat(play.state(afterGood)).isEqualTo(new TaskState.Ready());
    }

    @Test
    void keepsGoingWithWhatDoesNotDependOnTheFailure() {
        int bad = workload.task("bad");
        int good = workload.task("good");
        int afterBad = workload.task("afterBad", bad);
        int farAfterBad = workload.task("farAfterBad", afterBad);
        int afterGood = workload.task("afterGood", good);
        Play play = new Play(workload, SchedulerSettings.of(Limits.cores(4), true));
        play.tell(new Event.RunRequested());

        play.fails(bad, 1);
        assertThat(play.started(play.succeeds(good, 1))).containsExactly("afterGood");
        assertThat(play.succeeds(afterGood, 1)).endsWith(new Command.FinishRun(RunOutcome.FAILED));
        assertThat(play.state(farAfterBad)).isEqualTo(new TaskState.Abandoned(afterBad));
    }

    @Test
    void failsWhenAnOutputOfASuccessfulAttemptIsMissing() {
        int only = workload.task("only");
        Play play = Play.begun(workload);
        play.ends(only, 1, new AttemptEnd.Succeeded());

        var missing =
                new JobEnd.Failed(new Key("only"), "rule", 0, "only.out is missing", "", List.of());
        play.tell(new Event.Settled(only, 1, List.of(missing)));

        assertThat(play.state(only)).isEqualTo(new TaskState.Failed("only.out is missing"));
        assertThat(play.facts).contains(new Fact.JobFailed(new Key("only"), 1, missing));
    }

    @Test
    void eachJobOfATaskHasItsOwnOutcome() {
        int group = workload.task("group");
        workload.jobs(group, 2);
        Play play = Play.begun(workload);
        List<PlannedJob> jobs = workload.jobs(group);
        var failed = new JobEnd.Failed(jobs.get(1).key(), "rule", 3, "exit code 3", "", List.of());

        play.ends(group, 1, new AttemptEnd.Failed(3, "exit code 3"));
        play.tell(new Event.Settled(group, 1, List.of(Play.finished(jobs.get(0)), failed)));

        assertThat(play.facts)
                .contains(
                        new Fact.JobFinished(new Key("group"), 1, Play.record(jobs.get(0))),
                        new Fact.JobFailed(new Key("group"), 1, failed));
        assertThat(play.state(group)).isInstanceOf(TaskState.Failed.class);
    }

    @Test
    void anErrorInAFunctionOfTheUserIsNotTriedAgain() {
        int only = workload.task("only");
        workload.retries(only, 3);
        var scheduler = new Scheduler(workload, SchedulerSettings.of(Limits.cores(1), false));
        scheduler.on(new Event.RunRequested());

        Outcome outcome = scheduler.on(new Event.EvaluationFailed(only, 1, "KeyError"));

        assertThat(outcome.facts())
                .contains(new Fact.TaskSettled(new Key("only"), 1, new Verdict.Failed("KeyError")));
        assertThat(outcome.commands()).containsExactly(new Command.FinishRun(RunOutcome.FAILED));
    }

    @Test
    void neverTakesMoreCoresJobsOrResourcesThanThereAre() {
        for (int i = 0; i < 6; i++) {
            workload.task("t" + i);
        }
        var resources = new LinkedHashMap<String, Long>();
        resources.put("mem_mb", 100L);
        Play play = new Play(workload, SchedulerSettings.of(new Limits(3, 100, resources), false));
        var wanted = new LinkedHashMap<String, Long>();
        wanted.put("mem_mb", 40L);
        wanted.put("unlimited_here", 1L << 40);
        play.needs = new Needs(1, wanted);
        play.tell(new Event.RunRequested());

        assertThat(play.started(play.commands)).containsExactly("t0", "t1");
        play.needs = Needs.threads(1);
        assertThat(play.started(play.succeeds(0, 1))).containsExactly("t2");
    }

    @Test
    void capsThreadsToTheCoresOfTheRun() {
        int only = workload.task("only");
        Play play = new Play(workload, SchedulerSettings.of(Limits.cores(4), false));
        play.needs = Needs.threads(64);
        assertThat(play.tell(new Event.RunRequested()))
                .containsExactly(new Command.Start(only, 1, 1, Needs.threads(4), "local"));
    }

    @Test
    void refusesATaskThatNeedsMoreOfAResourceThanTheRunHas() {
        int only = workload.task("only");
        var resources = new LinkedHashMap<String, Long>();
        resources.put("gpu", 1L);
        Play play = new Play(workload, SchedulerSettings.of(new Limits(9, 9, resources), false));
        var wanted = new LinkedHashMap<String, Long>();
        wanted.put("gpu", 2L);
        play.needs = new Needs(1, wanted);
        play.tell(new Event.RunRequested());
        assertThat(play.state(only))
                .isEqualTo(new TaskState.Failed("it needs gpu=2, but the run has only gpu=1"));
    }

    @Test
    void startsByPriorityThenInTheOrderOfThePlan() {
        for (int i = 0; i < 4; i++) {
            workload.task("t" + i);
        }
        workload.priority(2, 10).priority(3, -1);
        Play play = new Play(workload, SchedulerSettings.of(Limits.cores(1), false));
        var scheduler = play.scheduler;
        scheduler.on(new Event.RunRequested());
        scheduler.on(new Event.CapacityChanged(new Limits(1, 1, new LinkedHashMap<>())));
        scheduler.on(new Event.Evaluated(3, 1, Needs.threads(1), "local"));
        for (int task = 0; task < 3; task++) {
            play.tell(new Event.Evaluated(task, 1, Needs.threads(1), "local"));
        }
        assertThat(play.started(play.succeeds(3, 1))).containsExactly("t2");
        assertThat(play.started(play.succeeds(2, 1))).containsExactly("t0");
        assertThat(play.started(play.succeeds(0, 1))).containsExactly("t1");
    }

    @Test
    void aCheckpointReleasesItsDependentsOnlyWithTheNewPlan() {
        int split = workload.task("split");
        int gather = workload.task("gather", split);
        workload.asCheckpoint(split);
        Play play = Play.begun(workload);

        assertThat(play.succeeds(split, 1))
                .containsExactly(new Command.TaskDone(split), new Command.Replan(split));
        assertThat(play.state(gather)).isEqualTo(new TaskState.Waiting(1));
        int part = workload.task("part", split);
        workload.rewire(gather, List.of(split, part));
        var change =
                new Event.PlanChanged(
                        List.of(split), workload, List.of(part), List.of(gather), List.of());

        assertThat(play.started(play.tell(change))).containsExactly("part");
        assertThat(play.tell(change)).isEmpty();
        assertThat(play.started(play.succeeds(part, 1))).containsExactly("gather");
        assertThat(play.facts)
                .filteredOn(Fact.PlanChanged.class::isInstance)
                .singleElement()
                .extracting(fact -> ((Fact.PlanChanged) fact).jobsByRule().get("rule"))
                .isEqualTo(1);
    }

    @Test
    void aCheckpointReleasesItsDependentsAlsoWhenTheNewPlanLeavesItOut() {
        int split = workload.task("split");
        int gather = workload.task("gather", split);
        workload.asCheckpoint(split);
        Play play = Play.begun(workload);
        play.succeeds(split, 1);
        TestWorkload changed = workload.copy();
        changed.rewire(gather, List.of());

        List<Command> commands =
                play.tell(
                        new Event.PlanChanged(
                                List.of(split), changed, List.of(), List.of(), List.of()));

        assertThat(play.started(commands)).containsExactly("gather");
    }

    @Test
    void aChangedPlanDropsWhatItHasNoUseFor() {
        int split = workload.task("split");
        int unwanted = workload.task("unwanted");
        int waiting = workload.task("waiting", split);
        workload.asCheckpoint(split);
        Play play = Play.begun(workload);
        play.succeeds(split, 1);

        List<Command> commands =
                play.tell(
                        new Event.PlanChanged(
                                List.of(split),
                                workload,
                                List.of(),
                                List.of(),
                                List.of(unwanted, waiting)));

        assertThat(commands).containsExactly(new Command.Cancel(unwanted, 1));
        assertThat(play.state(waiting)).isEqualTo(new TaskState.Removed());
        assertThat(play.fails(unwanted, 1, new AttemptEnd.Cancelled()))
                .containsExactly(new Command.FinishRun(RunOutcome.STOPPED));
    }

    @Test
    void aFailedChangeOfPlanFailsTheRun() {
        int split = workload.task("split");
        workload.asCheckpoint(split);
        Play play = Play.begun(workload);
        play.succeeds(split, 1);
        assertThat(play.tell(new Event.ReplanFailed(split, "no rule makes x")))
                .containsExactly(new Command.FinishRun(RunOutcome.FAILED));
    }

    @Test
    void aStopLetsTheRunningFinishAndASecondCancelsThem() {
        int running = workload.task("running");
        int later = workload.task("later", running);
        Play play = Play.begun(workload);

        assertThat(play.tell(new Event.StopRequested(false))).isEmpty();
        assertThat(play.tell(new Event.StopRequested(true)))
                .containsExactly(new Command.Cancel(running, 1));
        assertThat(play.tell(new Event.StopRequested(true))).isEmpty();
        assertThat(play.fails(running, 1, new AttemptEnd.Cancelled()))
                .containsExactly(new Command.FinishRun(RunOutcome.STOPPED));
        assertThat(play.state(running)).isEqualTo(new TaskState.Cancelled());
        assertThat(play.state(later)).isEqualTo(new TaskState.Abandoned(running));
    }

    @Test
    void anAttemptThatSucceedsBeforeItsCancelArrivesCounts() {
        int only = workload.task("only");
        Play play = Play.begun(workload);
        play.tell(new Event.CancelRequested(only));
        play.succeeds(only, 1);
        assertThat(play.state(only)).isEqualTo(new TaskState.Succeeded());
    }

    @Test
    void whatAnExecutorCancelsByItselfIsALoss() {
        int only = workload.task("only");
        Play play = Play.begun(workload);
        assertThat(play.fails(only, 1, new AttemptEnd.Cancelled()))
                .containsExactly(new Command.Delay(only, 2, Budget.LOSSES, 1));
    }

    @Test
    void givesUpOneTaskWhenAsked() {
        int first = workload.task("first");
        int second = workload.task("second", first);
        int other = workload.task("other");
        Play play = Play.begun(workload);
        play.tell(new Event.CancelRequested(second));
        assertThat(play.state(second)).isEqualTo(new TaskState.Cancelled());
        play.succeeds(other, 1);
        assertThat(play.succeeds(first, 1)).endsWith(new Command.FinishRun(RunOutcome.STOPPED));
    }

    @Test
    void moreCapacityStartsWhatWaitedForIt() {
        workload.task("a");
        workload.task("b");
        Play play = new Play(workload, SchedulerSettings.of(Limits.cores(1), false));
        play.tell(new Event.RunRequested());
        assertThat(play.started(play.tell(new Event.CapacityChanged(Limits.cores(2)))))
                .containsExactly("b");
    }

    @Test
    void saysThatAPlanHasACycleInsteadOfWaitingForever() {
        int a = workload.task("a");
        int b = workload.task("b", a);
        workload.rewire(a, List.of(b));
        Play play = Play.of(workload);
        assertThatThrownBy(() -> play.tell(new Event.RunRequested()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cycle");
    }

    @Test
    void whatIsGivenUpFailsAndWhatNeedsItIsAbandonedWhileTheRestGoesOn() {
        int bad = workload.task("bad");
        int below = workload.task("below", bad);
        int other = workload.task("other");
        Play play = new Play(workload, SchedulerSettings.of(Limits.cores(4), true));
        assertThat(play.tell(new Event.GivenUp(bad, "it had failed"))).isEmpty();
        assertThat(play.started(play.tell(new Event.RunRequested()))).containsExactly("other");
        assertThat(play.state(bad)).isEqualTo(new TaskState.Failed("it had failed"));
        assertThat(play.state(below)).isEqualTo(new TaskState.Abandoned(bad));
        assertThat(play.facts)
                .startsWith(
                        new Fact.TaskSettled(
                                new Key("bad"), 0, new Verdict.Failed("it had failed")));
        assertThat(play.succeeds(other, 1)).endsWith(new Command.FinishRun(RunOutcome.FAILED));
    }

    @Test
    void anOpenAttemptIsNotGivenUp() {
        int only = workload.task("only");
        Play play = Play.begun(workload);
        assertThat(play.tell(new Event.GivenUp(only, "it had failed"))).isEmpty();
        assertThat(play.succeeds(only, 1)).endsWith(new Command.FinishRun(RunOutcome.SUCCEEDED));
    }
}
