package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;

class RecallTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final Key A = new Key("a");
    private static final Key B = new Key("b");

    @TempDir Path workdir;

    @Test
    void whatBeganBeforeTheRestartIsNotTrustedInAnyLaterLife() {
        Recall recall = read(life("one"), started(A), life("two"), started(B), life("two"));
        assertThat(recall.restartedSince(open(recall, A))).isTrue();
        assertThat(recall.restartedSince(open(recall, B))).isFalse();
    }

    @Test
    void aBootThatIsNotKnownIsNoRestart() {
        Recall recall = read(life(""), started(A), life("two"));
        assertThat(recall.restartedSince(open(recall, A))).isFalse();
    }

    @Test
    void whatWasRetriedHasNotFailed() {
        Fact failed = new Fact.TaskSettled(A, 1, new Verdict.Failed("exit code 1"));
        assertThat(read(life("one"), started(A), failed).failed()).containsKey(A);
        assertThat(read(life("one"), started(A), failed, new Fact.RetryRequested(A)).failed())
                .isEmpty();
    }

    @Test
    void remembersWhatWasToBeStopped() {
        Recall recall = read(life("one"), started(A), new Fact.StopRequested(true), started(B));
        assertThat(open(recall, A).stopped()).isTrue();
        assertThat(open(recall, B).stopped()).as("began later").isFalse();
        assertThat(open(read(life("one"), started(A), new Fact.StopRequested(false)), A).stopped())
                .as("only nothing new was to start")
                .isFalse();
    }

    @Test
    void anAttemptThatWasNeverHandedOverIsKnownAsSuch() {
        Recall recall =
                read(
                        life("one"),
                        started(A),
                        started(B),
                        new Fact.AttemptHandedOver(B, 1, List.of()));
        assertThat(open(recall, A).handed()).isNull();
        assertThat(open(recall, B).handed()).isEmpty();
    }

    @Test
    void whatIsSettledIsNotOpenAndWhatFailedIsKeptUntilTheRunEnds() {
        Fact failed = new Fact.TaskSettled(A, 1, new Verdict.Failed("exit code 1"));
        Recall recall = read(life("one"), started(A), started(B), failed);
        assertThat(recall.openOf(A)).isNull();
        assertThat(recall.hasOpen()).isTrue();
        assertThat(recall.failed()).containsExactly(java.util.Map.entry(A, "exit code 1"));
        Fact again = new Fact.PlanMade(2, new LinkedHashMap<>());
        assertThat(read(life("one"), started(A), failed, again).failed()).isEmpty();
    }

    private Recall read(Fact... facts) {
        RunFolder run = RunFolder.create(workdir, CLOCK);
        try (Journal journal = Journal.create(run.journal(), CLOCK)) {
            journal.append(List.of(facts));
        }
        List<Fact> told = new ArrayList<>();
        Recall recall = Recall.read(run, told::add);
        assertThat(told).containsExactly(facts);
        return recall;
    }

    private static Recall.Open open(Recall recall, Key task) {
        return Objects.requireNonNull(recall.openOf(task));
    }

    private static Fact life(String boot) {
        return new Fact.RunResumed(
                List.of(), "ada", "0.1.0", 1, new Fact.Origin("/srv", "laptop", boot));
    }

    private static Fact started(Key task) {
        return new Fact.AttemptStarted(
                task, 1, 1, "local", new Needs(1, new LinkedHashMap<>()), List.of());
    }
}
