package dev.sluice.engine.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.HandedJob;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

class RunViewTest {
    private static final Key A = new Key("aaaa");
    private static final Key B = new Key("bbbb");
    private static final Key PAIR = A;

    private final RunView view = new RunView();
    private long clock = 1_000_000;
    private long offset;

    @Test
    void aJobIsFollowedFromItsStartToItsEnd() {
        begin(planned("align", 1));
        apply(started(A, 1, 1, job(A, "align", "A")));
        assertThat(the(A).state()).isEqualTo(JobState.STARTED);
        apply(handed(A, 1));
        apply(new Fact.AttemptRunning(A, 1));
        assertThat(the(A).state()).isEqualTo(JobState.RUNNING);
        assertThat(view.open()).containsExactly(the(A));
        apply(new Fact.AttemptEnded(A, 1, new AttemptEnd.Succeeded()));
        assertThat(the(A).state()).isEqualTo(JobState.ENDING);
        apply(finished(A, 1, "align"));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Succeeded()));

        assertThat(view.open()).isEmpty();
        assertThat(the(A).state()).isEqualTo(JobState.FINISHED);
        assertThat(the(A).title()).isEqualTo("align, sample=A");
        assertThat(the(A).outputs()).containsExactly("A.bam");
        assertThat(the(A).wildcards()).containsExactly(Map.entry("sample", "A"));
        AttemptView attempt = last(A);
        assertThat(attempt.reason()).isEqualTo("Missing output files: A.bam");
        assertThat(attempt.log()).isEqualTo("logs/aaaa-1");
        assertThat(attempt.ruleLogs()).containsExactly("logs/align.log");
        assertThat(attempt.exitCode()).isZero();
        assertThat(attempt.durationMillis(Long.MAX_VALUE)).isEqualTo(1500);
        assertThat(attempt.cpuMillis()).isEqualTo(900);
        assertThat(attempt.maxRssBytes()).isEqualTo(4096);
        assertThat(attempt.needs().threads()).isEqualTo(2);
        assertThat(attempt.executor()).isEqualTo("local");
    }

    @Test
    void eachAttemptKeepsWhatBecameOfIt() {
        begin(planned("align", 1));
        apply(started(A, 1, 1, job(A, "align", "A")));
        apply(new Fact.AttemptEnded(A, 1, new AttemptEnd.Failed(3, "exit code 3")));
        apply(failed(A, 1, 3));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Again(Budget.RETRIES)));
        assertThat(the(A).state()).isEqualTo(JobState.AGAIN);
        assertThat(view.failed()).isEmpty();
        apply(started(A, 2, 2, job(A, "align", "A")));
        apply(new Fact.AttemptEnded(A, 2, new AttemptEnd.Evicted("quota")));
        apply(new Fact.TaskSettled(A, 2, new Verdict.Again(Budget.EVICTIONS)));
        apply(started(A, 3, 2, job(A, "align", "A")));

        assertThat(the(A).attempts())
                .extracting(
                        AttemptView::number,
                        AttemptView::tryNumber,
                        AttemptView::state,
                        AttemptView::exitCode,
                        AttemptView::failure)
                .containsExactly(
                        tuple(1, 1, JobState.AGAIN, 3, "exit code 3"),
                        tuple(2, 2, JobState.AGAIN, -1, "evicted: quota"),
                        tuple(3, 2, JobState.STARTED, -1, ""));
        assertThat(view.counts().retries()).isEqualTo(2);
    }

    @Test
    void aFailureThatIsRetriedIsOneNoMore() {
        begin(planned("align", 2));
        apply(started(A, 1, 1, job(A, "align", "A")));
        apply(failed(A, 1, 1));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Failed("exit code 1")));
        apply(new Fact.TaskSettled(B, 1, new Verdict.Failed("KeyError")));
        assertThat(view.failed()).hasSize(2);

        apply(new Fact.RetryRequested(A));
        apply(new Fact.RetryRequested(B));
        assertThat(view.failed()).isEmpty();
        assertThat(view.counts().failures()).isZero();
        assertThat(view.counts().retries()).isEqualTo(2);
        assertThat(the(A).state()).isEqualTo(JobState.AGAIN);
        assertThat(the(A).failure()).as("why it is tried again").isEqualTo("exit code 1");
        assertThat(the(B).state()).as("had no attempt").isEqualTo(JobState.AGAIN);
        apply(started(A, 2, 1, job(A, "align", "A")));
        assertThat(the(A).state()).isEqualTo(JobState.STARTED);
        apply(failed(A, 2, 1));
        apply(new Fact.TaskSettled(A, 2, new Verdict.Failed("exit code 1")));
        assertThat(view.failed()).containsExactly(the(A));
        assertThat(view.counts().failures()).isEqualTo(1);
    }

    @Test
    void aRetriedTaskTakesAllItsJobsAlongAndLeavesWhatIsFinished() {
        Key c = new Key("cccc");
        begin(planned("align", 3));
        apply(started(PAIR, 1, 1, job(A, "align", "A"), job(B, "align", "B"), job(c, "sort", "C")));
        apply(new Fact.JobFinished(PAIR, 1, ((Fact.JobFinished) finished(A, 1, "align")).job()));
        apply(new Fact.JobFailed(PAIR, 1, new JobEnd.Failed(B, "align", 1, "bad", "", List.of())));
        apply(new Fact.TaskSettled(PAIR, 1, new Verdict.Failed("bad")));
        assertThat(the(c).state()).isEqualTo(JobState.SKIPPED);

        apply(new Fact.RetryRequested(PAIR));
        assertThat(the(A).state()).isEqualTo(JobState.FINISHED);
        assertThat(the(B).state()).isEqualTo(JobState.AGAIN);
        assertThat(the(c).state()).isEqualTo(JobState.AGAIN);
        assertThat(view.failed()).isEmpty();
    }

    @Test
    void aCheckpointWhosePlanIsTriedAgainIsFinishedAsItWas() {
        begin(planned("split", 1));
        apply(started(A, 1, 1, job(A, "split", "A")));
        apply(finished(A, 1, "split"));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Succeeded()));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Failed("no rule makes it")));
        assertThat(the(A).state()).isEqualTo(JobState.FAILED);

        apply(new Fact.RetryRequested(A));
        assertThat(the(A).state()).isEqualTo(JobState.FINISHED);
        assertThat(the(A).failure()).isEmpty();
        assertThat(view.failed()).isEmpty();
    }

    @Test
    void aFailureForGoodIsListedUntilThereIsANewPlan() {
        begin(planned("align", 2));
        apply(started(A, 1, 1, job(A, "align", "A")));
        apply(failed(A, 1, 1));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Failed("exit code 1")));
        assertThat(view.failed()).containsExactly(the(A));
        assertThat(the(A).failure()).isEqualTo("exit code 1");

        apply(resumed());
        apply(planned("align", 2));
        assertThat(view.failed()).isEmpty();
        assertThat(view.isCurrent(the(A))).isFalse();
        assertThat(the(A).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void whatAnEarlierPlanFinishedStaysVisibleAndIsNotCounted() {
        begin(planned("align", 2));
        run(A);
        apply(resumed());
        apply(planned("align", 1));
        run(B);

        assertThat(view.counts().done()).isEqualTo(1);
        assertThat(view.counts().total()).isEqualTo(1);
        assertThat(view.finishedBefore()).isEqualTo(1);
        assertThat(view.jobs()).extracting(JobView::key).containsExactly(A, B);
        assertThat(view.isCurrent(the(A))).isFalse();
        assertThat(view.isCurrent(the(B))).isTrue();
    }

    @Test
    void anAttemptThatIsAdoptedGoesOnUnderTheNewPlan() {
        begin(planned("align", 1));
        apply(started(A, 1, 1, job(A, "align", "A")));
        apply(new Fact.AttemptRunning(A, 1));
        apply(resumed());
        apply(planned("align", 1));
        assertThat(view.open()).containsExactly(the(A));
        apply(finished(A, 1, "align"));
        apply(new Fact.TaskSettled(A, 1, new Verdict.Succeeded()));

        assertThat(view.isCurrent(the(A))).isTrue();
        assertThat(view.counts().done()).isEqualTo(1);
        assertThat(the(A).attempts()).hasSize(1);
    }

    @Test
    void jobsOfOneTaskHaveEachTheirOwnEnd() {
        begin(planned("align", 2));
        apply(started(PAIR, 1, 1, job(A, "align", "A"), job(B, "align", "B")));
        apply(new Fact.AttemptEnded(PAIR, 1, new AttemptEnd.Failed(1, "a job of it failed")));
        apply(failed(A, 1, 1));
        apply(new Fact.TaskSettled(PAIR, 1, new Verdict.Failed("a job of it failed")));

        assertThat(the(A).state()).isEqualTo(JobState.FAILED);
        assertThat(the(B).state()).isEqualTo(JobState.SKIPPED);
        assertThat(view.failed()).containsExactly(the(A));
    }

    @Test
    void aTaskThatFailsWithoutAnAttemptIsSeenToo() {
        begin(planned("align", 1));
        apply(new Fact.TaskSettled(A, 0, new Verdict.Failed("NameError in params")));

        assertThat(the(A).state()).isEqualTo(JobState.FAILED);
        assertThat(the(A).title()).isEqualTo("job aaaa");
        assertThat(the(A).failure()).isEqualTo("NameError in params");
        assertThat(view.failed()).containsExactly(the(A));
        assertThat(view.open()).isEmpty();

        apply(resumed());
        apply(planned("align", 1));
        run(A);
        assertThat(the(A).rule()).isEqualTo("align");
        assertThat(the(A).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void aJobThatIsGivenUpLeavesItsEarlierAttemptsAsTheyWere() {
        begin(planned("align", 1));
        run(A);
        apply(resumed());
        apply(planned("align", 1));
        apply(new Fact.TaskSettled(A, 0, new Verdict.Cancelled()));
        assertThat(the(A).state()).isEqualTo(JobState.CANCELLED);
        assertThat(last(A).state()).isEqualTo(JobState.FINISHED);

        apply(resumed());
        apply(planned("align", 1));
        apply(new Fact.TaskSettled(A, 0, new Verdict.Failed("failed before")));
        assertThat(the(A).failure()).isEqualTo("failed before");
        assertThat(view.failed()).containsExactly(the(A));
    }

    @Test
    void lateAndUnknownWordsChangeNothing() {
        begin(planned("align", 1));
        apply(started(A, 2, 1, job(A, "align", "A")));
        apply(new Fact.AttemptRunning(A, 1));
        apply(new Fact.AttemptEnded(B, 1, new AttemptEnd.Succeeded()));
        apply(finished(B, 1, "align"));
        assertThat(the(A).state()).isEqualTo(JobState.STARTED);
        assertThat(view.job(B)).isNull();
    }

    @Test
    void anAttemptWhoseInputsAreMadeAnewIsMarked() {
        begin(planned("align", 1));
        apply(started(A, 1, 1, job(A, "align", "A")));
        apply(new Fact.AttemptDisowned(A, 1));
        assertThat(last(A).disowned()).isTrue();
    }

    @Test
    void theHeadTellsOfLivesWarningsAndTheEnd() {
        begin(planned("align", 1));
        apply(new Fact.Warned("slow disk"));
        apply(new Fact.StopRequested(false));
        assertThat(view.head().stopping()).isTrue();
        apply(new Fact.RunEnded(RunOutcome.STOPPED));
        assertThat(view.head().outcome()).isEqualTo(RunOutcome.STOPPED);
        assertThat(view.head().stopping()).isFalse();
        assertThat(view.head().planned()).isTrue();

        apply(resumed());
        assertThat(view.head().outcome()).isNull();
        assertThat(view.head().planned()).isFalse();
        assertThat(view.head().lives()).extracting(Life::epoch).containsExactly(1L, 2L);
        assertThat(view.head().lives()).extracting(Life::user).containsExactly("ada", "bob");
        assertThat(view.head().owner()).isEqualTo("grace");
        assertThat(view.head().warnings())
                .extracting(RunHead.Warning::message)
                .containsExactly("slow disk");
    }

    @Test
    void aRunThatWarnsWithoutEndKeepsTheLastHundred() {
        for (int i = 1; i <= 250; i++) {
            apply(new Fact.Warned("no. " + i));
        }
        assertThat(view.head().warned()).isEqualTo(250);
        assertThat(view.head().warnings()).hasSize(100);
        assertThat(view.head().warnings().getLast().message()).isEqualTo("no. 250");
    }

    private void begin(Fact plan) {
        apply(
                new Fact.RunStarted(
                        List.of("run"), "/w", "ada", "grace", "1", List.of(), Fact.Origin.UNKNOWN));
        apply(plan);
    }

    private void run(Key key) {
        apply(started(key, 1, 1, job(key, "align", "A")));
        apply(finished(key, 1, "align"));
        apply(new Fact.TaskSettled(key, 1, new Verdict.Succeeded()));
    }

    private void apply(Fact fact) {
        clock += 10;
        offset += 100;
        view.apply(new Entry(clock, offset, fact));
    }

    private JobView the(Key key) {
        return Objects.requireNonNull(view.job(key));
    }

    private AttemptView last(Key key) {
        return Objects.requireNonNull(the(key).lastAttempt());
    }

    private static Fact resumed() {
        return new Fact.RunResumed(List.of("resume"), "bob", "2", 2, Fact.Origin.UNKNOWN);
    }

    private static Fact planned(String rule, int jobs) {
        return new Fact.PlanMade(jobs, map(rule, jobs));
    }

    private static Fact started(Key task, int attempt, int tryNumber, PlannedJob... jobs) {
        return new Fact.AttemptStarted(
                task, attempt, tryNumber, "local", Needs.threads(2), Stream.of(jobs).toList());
    }

    private static PlannedJob job(Key key, String rule, String sample) {
        return new PlannedJob(key, rule, map("sample", sample), List.of(sample + ".bam"));
    }

    private static Fact handed(Key key, int attempt) {
        return new Fact.AttemptHandedOver(
                key,
                attempt,
                List.of(
                        new HandedJob(
                                key,
                                "Missing output files: A.bam",
                                made(),
                                List.of(),
                                "",
                                "logs/" + key + "-" + attempt,
                                List.of(),
                                List.of(key + "-" + attempt),
                                0)));
    }

    private static Fact finished(Key key, int attempt, String rule) {
        return new Fact.JobFinished(
                key,
                attempt,
                new JobRecord(
                        key,
                        rule,
                        map("sample", "A"),
                        List.of(new JobRecord.Output("A.bam", 5, 6)),
                        made(),
                        List.of("logs/align.log"),
                        "logs/" + key + "-" + attempt,
                        new JobRecord.Usage(1_000_100, 1_001_600, 0, 900, 4096)));
    }

    private static Fact failed(Key key, int attempt, int exitCode) {
        return new Fact.JobFailed(
                key,
                attempt,
                new JobEnd.Failed(key, "align", exitCode, "exit code " + exitCode, "", List.of()));
    }

    private static JobRecord.Made made() {
        return new JobRecord.Made("", "", "", List.of(), List.of(), "", "", List.of());
    }

    private static <V> SequencedMap<String, V> map(String key, V value) {
        var map = new LinkedHashMap<String, V>();
        map.put(key, value);
        return map;
    }
}
