package dev.sluice.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

class RestoreTest {
    private static final Fact PLAN_MADE = new Fact.PlanMade(1, new LinkedHashMap<>());

    private static final Key OLD = new Key("old");

    private final TestWorkload workload = new TestWorkload();

    @Test
    void adoptsAnAttemptOfAnEarlierLife() {
        int only = workload.task("only");
        Play before = Play.begun(workload);
        before.tell(new Event.AttemptRunning(only, 1));

        Play after = restored(before.facts, workload);
        assertThat(after.tell(new Event.RunRequested()))
                .containsExactly(new Command.Adopt(only, 1, "local"));
        after.tell(new Event.AttemptRunning(only, 1));
        assertThat(after.succeeds(only, 1)).endsWith(new Command.FinishRun(RunOutcome.SUCCEEDED));
    }

    @Test
    void anAttemptThatNeverReachedItsExecutorCostsNothing() {
        int only = workload.task("only");
        Play before = Play.begun(workload);

        Play after = restored(before.facts, workload);
        after.tell(new Event.RunRequested());
        assertThat(after.fails(only, 1, new AttemptEnd.NeverStarted()))
                .containsExactly(new Command.Start(only, 2, 1, Needs.threads(1), "local"));
    }

    @Test
    void whatWasRetriedIsDueAgainAndSpentNothing() {
        int only = workload.task("only");
        int after = workload.task("after", only);
        workload.task("going");
        workload.retries(only, 1);
        Play before = Play.begun(workload);
        before.fails(only, 1);
        before.fails(only, 2);
        before.tell(new Event.RetryRequested(only));
        List<Fact> upToTheRetry =
                before.facts.subList(
                        0, before.facts.indexOf(new Fact.RetryRequested(new Key("only"))) + 1);

        Play again = restored(upToTheRetry, workload);
        assertThat(again.state(only)).isEqualTo(new TaskState.Ready());
        assertThat(again.state(after)).isEqualTo(new TaskState.Waiting(1));
        assertThat(again.tell(new Event.RunRequested()))
                .contains(new Command.Start(only, 3, 1, Needs.threads(1), "local"));
    }

    @Test
    void settlesAgainWhatWasBeingSettled() {
        int only = workload.task("only");
        Play before = Play.begun(workload);
        before.ends(only, 1, new AttemptEnd.Succeeded());

        Play after = restored(before.facts, workload);
        assertThat(after.tell(new Event.RunRequested()))
                .containsExactly(new Command.Settle(only, 1, new AttemptEnd.Succeeded()));
        assertThat(after.settles(only, 1)).endsWith(new Command.FinishRun(RunOutcome.SUCCEEDED));
    }

    @Test
    void numbersGoOnAndBudgetsBeginAnewUnderANewPlan() {
        int only = workload.task("only");
        workload.retries(only, 1);
        Play before = Play.begun(workload);
        before.fails(only, 1);
        before.fails(only, 2);

        Play after = restored(before.facts, workload);
        assertThat(after.tell(new Event.RunRequested()))
                .containsExactly(new Command.Start(only, 3, 1, Needs.threads(1), "local"));
    }

    @Test
    void namesOpenAttemptsOfTasksThatAreGone() {
        workload.task("old");
        Play before = Play.begun(workload);
        var edited = new TestWorkload();
        edited.task("new");

        Play after = restored(before.facts, edited);

        assertThat(after.scheduler.orphans())
                .containsExactly(new OpenAttempt(new Key("old"), 1, "local"));
    }

    @Test
    void takesTheRunLoopsOwnWordThatAnOrphanIsOver() {
        workload.task("old");
        Play before = Play.begun(workload);
        List<Fact> facts = new ArrayList<>(before.facts);
        facts.add(PLAN_MADE);
        facts.add(new Fact.AttemptEnded(OLD, 1, new AttemptEnd.Cancelled()));
        facts.add(new Fact.TaskSettled(OLD, 1, new Verdict.Cancelled()));
        var edited = new TestWorkload();
        edited.task("new");

        assertThat(restored(facts, edited).scheduler.orphans()).isEmpty();
        Play again = restored(facts, workload);
        assertThat(again.tell(new Event.RunRequested()))
                .as("in a plan that has the task again it starts under a number of its own")
                .containsExactly(new Command.Start(0, 2, 1, Needs.threads(1), "local"));
    }

    @Test
    void everyLifeBeginsWithAPlanOfItsOwn() {
        workload.task("first");
        workload.task("second");
        Play one = new Play(workload, SchedulerSettings.of(Limits.cores(1), true));
        one.tell(new Event.RunRequested());
        one.fails(0, 1);
        Play two = restored(one.facts, workload);
        assertThat(two.state(0))
                .as("what had failed may be tried again")
                .isEqualTo(new TaskState.Ready());
        two.tell(new Event.RunRequested());
        List<Fact> both = new ArrayList<>(one.facts);
        both.add(PLAN_MADE);
        both.addAll(two.facts);

        Play three = restored(both, workload);
        assertThat(three.tell(new Event.RunRequested()))
                .containsExactly(
                        new Command.Adopt(0, 2, "local"), new Command.Adopt(1, 1, "local"));
    }

    @Test
    void anAdoptedTaskWhoseNeedsAreMadeAnewRunsAgainAfterThem() {
        workload.task("need");
        int only = workload.task("only");
        Play before = Play.begun(workload);
        before.succeeds(0, 1);
        var edited = new TestWorkload();
        int need = edited.task("need");
        int again = edited.task("only", need);

        Play after = restored(before.facts, edited);
        assertThat(after.tell(new Event.RunRequested()))
                .contains(new Command.Adopt(again, 1, "local"), new Command.Cancel(again, 1));
        assertThat(after.started(after.succeeds(need, 2))).isEmpty();
        assertThat(after.ends(again, 1, new AttemptEnd.Succeeded()))
                .as("its outputs do not count")
                .containsExactly(new Command.Settle(again, 1, new AttemptEnd.Cancelled()));
        assertThat(after.started(after.settles(again, 1))).containsExactly("only");

        assertThat(only).isEqualTo(again);
        assertThat(after.facts)
                .noneMatch(
                        fact ->
                                fact instanceof Fact.JobFinished done
                                        && done.task().equals(new Key("only")));
    }

    @Test
    void adoptedAttemptsTakeTheirResources() {
        workload.task("running");
        workload.task("next");
        Play before = new Play(workload, SchedulerSettings.of(Limits.cores(1), false));
        before.tell(new Event.RunRequested());

        var after = new Play(workload, SchedulerSettings.of(Limits.cores(1), false));
        before.facts.forEach(after.scheduler::apply);
        after.scheduler.apply(PLAN_MADE);
        assertThat(after.started(after.tell(new Event.RunRequested()))).isEmpty();
        assertThat(after.started(after.succeeds(0, 1))).containsExactly("next");
    }

    @Test
    void aRunThatHasBegunTakesNoFactsForTrue() {
        workload.task("only");
        Play play = Play.begun(workload);
        assertThatThrownBy(() -> play.scheduler.apply(PLAN_MADE))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Play restored(List<Fact> facts, TestWorkload plan) {
        Play play = Play.of(plan);
        facts.forEach(play.scheduler::apply);
        play.scheduler.apply(PLAN_MADE);
        play.scheduler.checkInvariants();
        return play;
    }
}
