package dev.sluice.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Budget;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobEnd;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.Needs;
import dev.sluice.engine.schedule.PlannedJob;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class JobColumnsTest {
    private static final Key A = new Key("aaaa");
    private static final Key B = new Key("bbbb");
    private static final Key C = new Key("cccc");

    @TempDir Path workdir;

    private RunFolder run;
    private PlanTable plan;
    private RunView view;
    private JobColumns jobs;
    private long clock = 1_000_000;
    private long offset;

    @BeforeEach
    void makeARun() {
        run = RunFolder.create(workdir, InstantSource.system());
        begin();
    }

    @Test
    void jobsThatLeftNoFactWait() throws IOException {
        plan(1, A, B, C);
        apply(begun(), planned());
        assertThat(states()).containsExactly("waiting", "waiting", "waiting");
        assertThat(jobs.count(RowState.WAITING)).isEqualTo(3);
        assertThat(jobs.count(0, RowState.WAITING)).isEqualTo(3);
        assertThat(jobs.executor(0)).isEqualTo(JobColumns.NOBODY);
        assertThat(jobs.started(0)).isEqualTo(JobColumns.NEVER);
    }

    @Test
    void aJobIsFollowedFromItsStartToItsEnd() throws IOException {
        plan(1, A, B);
        apply(begun(), planned(), started(B, 1));
        assertThat(states()).containsExactly("waiting", "queued");
        apply(new Fact.AttemptRunning(B, 1));
        assertThat(states()).containsExactly("waiting", "running");
        apply(new Fact.AttemptEnded(B, 1, new AttemptEnd.Succeeded()));
        assertThat(states()).containsExactly("waiting", "ending");
        apply(finished(B, 1), settled(B, 1, new Verdict.Succeeded()));
        assertThat(states()).containsExactly("waiting", "finished");
        assertThat(jobs.attempts(1)).isEqualTo(1);
        assertThat(jobs.executors()).containsExactly("local");
        assertThat(jobs.executor(1)).isZero();
        assertThat(jobs.millis(jobs.started(1))).isEqualTo(1_000_030);
        assertThat(jobs.millis(jobs.running(1))).isEqualTo(1_000_100);
        assertThat(jobs.millis(jobs.ended(1))).isEqualTo(1_001_600);
        assertThat(jobs.baseMillis()).isEqualTo(1_000_010);
    }

    @Test
    void onlyRowsThatWereTouchedHaveChanged() throws IOException {
        plan(1, A, B, C);
        apply(begun(), planned());
        long before = jobs.position();
        apply(started(B, 1));
        assertThat(jobs.changedSince(before)).containsExactly(1);
        long between = jobs.position();
        apply(started(C, 1), new Fact.AttemptRunning(B, 1));
        assertThat(jobs.changedSince(between)).containsExactly(1, 2);
        assertThat(jobs.changedSince(before)).containsExactly(1, 2);
        assertThat(jobs.changedSince(jobs.position())).isEmpty();
    }

    @Test
    void anEvictedJobIsToldApartFromOneThatFailedUntilItStartsAgain() throws IOException {
        plan(1, A, B);
        apply(begun(), planned(), started(A, 1), started(B, 1));
        apply(new Fact.AttemptEnded(A, 1, new AttemptEnd.Evicted("quota")));
        apply(settled(A, 1, new Verdict.Again(Budget.EVICTIONS)));
        apply(failed(B, 1), settled(B, 1, new Verdict.Again(Budget.RETRIES)));
        assertThat(states()).containsExactly("evicted", "again");
        apply(started(A, 2));
        assertThat(states()).containsExactly("queued", "again");
        assertThat(jobs.attempts(0)).isEqualTo(2);
        assertThat(jobs.earlier(0))
                .extracting(JobColumns.Earlier::state)
                .containsExactly(RowState.EVICTED);
        assertThat(jobs.nextWithEarlier(0)).isZero();
        assertThat(jobs.nextWithEarlier(1)).isEqualTo(-1);
    }

    @Test
    void whatIsOpenWhenTheRunEndsIsCancelled() throws IOException {
        plan(1, A, B);
        apply(begun(), planned(), started(A, 1), new Fact.RunEnded(RunOutcome.STOPPED));
        assertThat(states()).containsExactly("cancelled", "waiting");
        assertThat(jobs.changedSince(jobs.position() - 1)).containsExactly(0);
    }

    @Test
    void aResumedRunBeginsAnewAndKeepsWhatEarlierPlansFinishedBehindItsRows() throws IOException {
        plan(1, A, B, C);
        apply(begun(), planned(), started(A, 1), finished(A, 1));
        apply(settled(A, 1, new Verdict.Succeeded()));
        apply(started(B, 1), failed(B, 1), settled(B, 1, new Verdict.Failed("exit code 1")));
        apply(new Fact.RunEnded(RunOutcome.FAILED));
        String before = jobs.layout();
        assertThat(states()).containsExactly("finished", "failed", "waiting");

        plan(2, B, C);
        apply(resumed(), planned());
        assertThat(jobs.layout()).isNotEqualTo(before);
        assertThat(jobs.planRows()).isEqualTo(2);
        assertThat(keys()).containsExactly(B, C, A);
        assertThat(states()).containsExactly("waiting", "waiting", "finished");
        assertThat(jobs.attempts(0)).isEqualTo(1);
        assertThat(jobs.started(0)).isEqualTo(JobColumns.NEVER);
        assertThat(jobs.earlier(0))
                .extracting(JobColumns.Earlier::state)
                .containsExactly(RowState.FAILED);
        assertThat(jobs.row(A)).isEqualTo(2);
        assertThat(jobs.rule(2)).isEqualTo("align");
    }

    @Test
    void whatANewPlanDoesNotHaveAndWasNotFinishedIsRemoved() throws IOException {
        plan(1, A, B);
        apply(begun(), planned());
        apply(started(B, 1), failed(B, 1), settled(B, 1, new Verdict.Failed("exit code 1")));
        plan(2, A);
        apply(resumed(), planned());
        assertThat(keys()).containsExactly(A, B);
        assertThat(states()).containsExactly("waiting", "removed");
    }

    @Test
    void anAttemptThatIsAdoptedStaysOpenUnderTheNewPlan() throws IOException {
        plan(1, A, B);
        apply(begun(), planned(), started(A, 1), new Fact.AttemptRunning(A, 1));
        plan(2, B, A);
        apply(resumed(), planned());
        assertThat(keys()).containsExactly(B, A);
        assertThat(states()).containsExactly("waiting", "running");
        apply(finished(A, 1), settled(A, 1, new Verdict.Succeeded()));
        assertThat(states()).containsExactly("waiting", "finished");
    }

    @Test
    void withoutAPlanFileJobsAppearAsTheyStart() {
        apply(begun(), planned());
        assertThat(jobs.rows()).isZero();
        apply(started(B, 1));
        long between = jobs.position();
        apply(started(A, 1), new Fact.AttemptRunning(A, 1));
        assertThat(keys()).containsExactly(B, A);
        assertThat(states()).containsExactly("queued", "running");
        assertThat(jobs.title(1)).isEqualTo("align, sample=aaaa");
        assertThat(jobs.isNewSince(0, between)).isFalse();
        assertThat(jobs.isNewSince(1, between)).isTrue();
        assertThat(jobs.rules()).containsExactly("align");
    }

    @Test
    void aPlanFileThatComesLaterTakesTheRowsOver() throws IOException {
        apply(begun(), planned(), started(C, 1));
        plan(1, A, B, C);
        assertThat(keys()).containsExactly(A, B, C);
        assertThat(states()).containsExactly("waiting", "waiting", "queued");
        assertThat(jobs.planRows()).isEqualTo(3);
    }

    @Test
    void aCheckpointAddsRowsAndTakesRowsOutOfThePlan() throws IOException {
        plan(1, A, B);
        apply(begun(), planned(), started(A, 1), finished(A, 1));
        apply(settled(A, 1, new Verdict.Succeeded()));
        Files.writeString(
                run.path().resolve("plan"),
                "{\"change\":true,\"removed\":[0,1]}\n" + line(C),
                StandardOpenOption.APPEND);
        pollPlan();
        assertThat(states()).containsExactly("finished", "removed", "waiting");
    }

    @Test
    void allJobsOfATaskThatIsGivenUpWithoutAnAttemptFail() throws IOException {
        Files.writeString(
                run.path().resolve("plan"),
                "{\"format\":1,\"plan\":1}\n"
                        + line(A)
                        + line(B).replace("\"r\"", "\"t\":\"aaaa\",\"r\"")
                        + line(C));
        pollPlan();
        apply(begun(), planned(), settled(A, 0, new Verdict.Failed("NameError in params")));
        assertThat(states()).containsExactly("failed", "failed", "waiting");
        apply(new Fact.RetryRequested(A));
        assertThat(states()).containsExactly("again", "waiting", "waiting");
    }

    @Test
    void aFailedTaskThatIsRetriedIsDueAgain() throws IOException {
        plan(1, A);
        apply(begun(), planned(), started(A, 1), failed(A, 1));
        apply(settled(A, 1, new Verdict.Failed("exit code 1")));
        long before = jobs.position();
        apply(new Fact.RetryRequested(A));
        assertThat(states()).containsExactly("again");
        assertThat(jobs.changedSince(before)).containsExactly(0);
    }

    @Test
    void jobsOfOneTaskHaveEachTheirOwnEnd() throws IOException {
        plan(1, A, B);
        apply(begun(), planned());
        apply(new Fact.AttemptStarted(A, 1, 1, "local", Needs.threads(1), List.of(job(A), job(B))));
        apply(failed(A, 1), settled(A, 1, new Verdict.Failed("a job failed")));
        assertThat(states()).containsExactly("failed", "skipped");
    }

    /** What tells of a state is the view; the columns repeat it, whenever the plan was read. */
    @ParameterizedTest
    @ValueSource(strings = {"v1/journal", "v2/journal", "v2/resumed"})
    void theColumnsOfRealJournalsSayWhatTheViewSays(String journal) {
        Path golden = Path.of("src/test/resources/journals").resolve(journal);
        JournalReader.read(
                golden,
                0,
                entry -> {
                    jobs.apply(entry);
                    theColumnsAgreeWithTheView();
                });
        assertThat(jobs.rows()).as("%s has jobs", journal).isPositive();
    }

    private void theColumnsAgreeWithTheView() {
        assertThat(keys())
                .containsExactlyElementsOf(view.jobs().stream().map(JobView::key).toList());
        for (int row = 0; row < jobs.rows(); row++) {
            JobView job = Objects.requireNonNull(jobs.job(row));
            String state = job.state().name().toLowerCase(Locale.ROOT);
            String shown = jobs.state(row).word();
            if (view.isCurrent(job) || job.state() == JobState.FINISHED || job.state().isOpen()) {
                assertThat(shown.replace("queued", "started").replace("evicted", "again"))
                        .isEqualTo(state);
            } else {
                assertThat(shown).isEqualTo("waiting");
            }
            assertThat(jobs.attempts(row)).isEqualTo(job.attempts().size());
        }
        for (RowState state : RowState.values()) {
            long counted =
                    IntStream.range(0, jobs.rows()).filter(row -> jobs.state(row) == state).count();
            int byRule =
                    IntStream.range(0, jobs.rules().size())
                            .map(rule -> jobs.count(rule, state))
                            .sum();
            assertThat(jobs.count(state)).as("%s", state).isEqualTo((int) counted);
            assertThat(byRule).as("%s by rule", state).isEqualTo((int) counted);
        }
    }

    private void begin() {
        plan = PlanTable.of(run);
        view = new RunView();
        jobs = new JobColumns(view, plan);
    }

    private void plan(int number, Key... keys) throws IOException {
        var text = new StringBuilder("{\"format\":1,\"plan\":" + number + "}\n");
        Stream.of(keys).forEach(key -> text.append(line(key)));
        Path next = run.path().resolve("plan.new");
        Files.writeString(next, text);
        Files.move(next, run.path().resolve("plan"), StandardCopyOption.REPLACE_EXISTING);
        pollPlan();
    }

    private void pollPlan() {
        assertThat(plan.poll()).isTrue();
        jobs.planRead();
    }

    private static String line(Key key) {
        return "{\"k\":\""
                + key
                + "\",\"r\":\"align\",\"w\":{\"sample\":\""
                + key
                + "\"},\"i\":[],\"o\":[\""
                + key
                + ".bam\"],\"n\":[]}\n";
    }

    private void apply(Fact... facts) {
        for (Fact fact : facts) {
            clock += 10;
            offset += 100;
            jobs.apply(new Entry(clock, offset, fact));
        }
    }

    private List<String> states() {
        return IntStream.range(0, jobs.rows()).mapToObj(row -> jobs.state(row).word()).toList();
    }

    private List<Key> keys() {
        return IntStream.range(0, jobs.rows()).mapToObj(jobs::key).toList();
    }

    private static Fact begun() {
        return new Fact.RunStarted(
                List.of("run"), "/w", "ada", "ada", "1", List.of(), Fact.Origin.UNKNOWN);
    }

    private static Fact resumed() {
        return new Fact.RunResumed(List.of("resume"), "ada", "1", 2, Fact.Origin.UNKNOWN);
    }

    private static Fact planned() {
        return new Fact.PlanMade(1, new LinkedHashMap<>());
    }

    private static Fact started(Key key, int attempt) {
        return new Fact.AttemptStarted(
                key, attempt, attempt, "local", Needs.threads(1), List.of(job(key)));
    }

    private static PlannedJob job(Key key) {
        var wildcards = new LinkedHashMap<String, String>();
        wildcards.put("sample", key.text());
        return new PlannedJob(key, "align", wildcards, List.of(key + ".bam"));
    }

    private static Fact finished(Key key, int attempt) {
        return new Fact.JobFinished(
                key,
                attempt,
                new JobRecord(
                        key,
                        "align",
                        new LinkedHashMap<>(),
                        List.of(),
                        new JobRecord.Made("", "", "", List.of(), List.of(), "", "", List.of()),
                        List.of(),
                        "",
                        new JobRecord.Usage(1_000_100, 1_001_600, 0, 900, 4096)));
    }

    private static Fact failed(Key key, int attempt) {
        return new Fact.JobFailed(
                key, attempt, new JobEnd.Failed(key, "align", 1, "exit code 1", "", List.of()));
    }

    private static Fact settled(Key key, int attempt, Verdict verdict) {
        return new Fact.TaskSettled(key, attempt, verdict);
    }
}
