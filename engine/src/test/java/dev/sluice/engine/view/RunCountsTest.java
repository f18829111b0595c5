package dev.sluice.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class RunCountsTest {
    private static final Key A = new Key("a");
    private static final Key B = new Key("b");

    private final RunCounts counts = new RunCounts();

    @Test
    void countsJobsByRuleAsTheyFinish() {
        counts.apply(new Fact.PlanMade(3, new LinkedHashMap<>(Map.of("align", 3))));
        started(A);
        started(B);
        assertThat(counts.running()).isEqualTo(2);
        counts.apply(finished(A, "align"));
        counts.apply(new Fact.TaskSettled(A, 1, new Verdict.Succeeded()));
        counts.apply(new Fact.TaskSettled(B, 1, new Verdict.Again(Budget.RETRIES)));

        assertThat(counts.done()).isEqualTo(1);
        assertThat(counts.total()).isEqualTo(3);
        assertThat(counts.running()).isZero();
        assertThat(counts.retries()).isEqualTo(1);
        assertThat(counts.byRule()).containsExactly(Map.entry("align", new RunCounts.OfRule(1, 3)));
    }

    @Test
    void aJobThatIsToldTwiceCountsOnce() {
        counts.apply(new Fact.PlanMade(1, new LinkedHashMap<>(Map.of("align", 1))));
        counts.apply(finished(A, "align"));
        counts.apply(finished(A, "align"));
        assertThat(counts.done()).isEqualTo(1);
    }

    @Test
    void aCheckpointChangesTheTotals() {
        counts.apply(new Fact.PlanMade(1, new LinkedHashMap<>(Map.of("split", 1))));
        counts.apply(
                new Fact.PlanChanged(
                        List.of(),
                        List.of(A, B),
                        List.of(),
                        List.of(),
                        new LinkedHashMap<>(Map.of("part", 2))));
        assertThat(counts.total()).isEqualTo(3);
    }

    @Test
    void aNewPlanCountsAnewAndTheEndIsSaid() {
        counts.apply(new Fact.PlanMade(1, new LinkedHashMap<>(Map.of("align", 1))));
        counts.apply(finished(A, "align"));
        counts.apply(new Fact.RunEnded(RunOutcome.FAILED));
        assertThat(counts.outcome()).isEqualTo(RunOutcome.FAILED);
        counts.apply(new Fact.RunResumed(List.of(), "ada", "1", 2, Fact.Origin.UNKNOWN));
        counts.apply(new Fact.PlanMade(1, new LinkedHashMap<>(Map.of("align", 1))));
        assertThat(counts.done()).isZero();
        assertThat(counts.outcome()).isNull();
    }

    private void started(Key task) {
        counts.apply(new Fact.AttemptStarted(task, 1, 1, "local", Needs.threads(1), List.of()));
    }

    private static Fact finished(Key key, String rule) {
        return new Fact.JobFinished(
                key,
                1,
                new JobRecord(
                        key,
                        rule,
                        new LinkedHashMap<>(),
                        List.of(),
                        new JobRecord.Made("", "", "", List.of(), List.of(), "", "", List.of()),
                        List.of(),
                        "",
                        new JobRecord.Usage(1, 2, 0, 3, 4)));
    }
}
