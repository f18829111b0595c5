package dev.sluice.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

class RunStandingTest {
    private static final Fact BEGUN =
            new Fact.RunStarted(
                    List.of("run"), "/w", "ada", "ada", "1", List.of(), Fact.Origin.UNKNOWN);

    private static final Fact PLANNED = new Fact.PlanMade(1, new LinkedHashMap<>());

    @TempDir Path workdir;

    @Test
    void aRunWithoutAPlanIsBeingPlannedAsFarAsCanBeSeen() {
        RunFolder run = run(BEGUN);
        assertThat(RunStanding.of(run, RunHead.of(run)).state())
                .isEqualTo(RunStanding.State.PLANNING);
    }

    @Test
    void aRunIsRunningWhileItsHolderLives() {
        RunFolder run = run(BEGUN, PLANNED);
        try (var _ = Hold.take(run, List.of("a"))) {
            RunStanding standing = RunStanding.of(run, RunHead.of(run));
            assertThat(standing.state()).isEqualTo(RunStanding.State.RUNNING);
            assertThat(standing.holder()).contains("process " + ProcessHandle.current().pid());
            assertThat(standing.renewedMillis()).isPositive();
            assertThat(standing.mayGoOn()).isTrue();
        }
    }

    @Test
    void aRunThatNobodyHoldsAndThatHasNotEndedIsBrokenOff() {
        RunFolder run = run(BEGUN, PLANNED);
        RunStanding standing = RunStanding.of(run, RunHead.of(run));
        assertThat(standing.state()).isEqualTo(RunStanding.State.BROKEN_OFF);
        assertThat(standing.mayGoOn()).isFalse();
    }

    @Test
    void aRunThatEndedWhileItWasReadIsNotTakenForBrokenOff() {
        RunFolder run = run(BEGUN, PLANNED);
        RunHead before = RunHead.of(run);
        try (Journal journal = Journal.resume(run.journal(), InstantSource.system())) {
            journal.append(List.of(new Fact.RunEnded(RunOutcome.SUCCEEDED)));
        }
        assertThat(RunStanding.of(run, before).state()).isEqualTo(RunStanding.State.SUCCEEDED);
    }

    @Test
    void theOutcomeCountsMoreThanTheHold() {
        RunFolder run = run(BEGUN, PLANNED, new Fact.RunEnded(RunOutcome.FAILED));
        try (var _ = Hold.take(run, List.of("a"))) {
            assertThat(RunStanding.of(run, RunHead.of(run)).state())
                    .isEqualTo(RunStanding.State.FAILED);
        }
    }

    private RunFolder run(Fact... facts) {
        RunFolder run = RunFolder.create(workdir, InstantSource.system());
        try (Journal journal = Journal.create(run.journal(), InstantSource.system())) {
            journal.append(List.of(facts));
        }
        return run;
    }
}
