package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.files.FileFact;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;

/** The machine was restarted since the outputs were made, perhaps by a power cut. */
class LostOutputsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String LOST =
            "Output files are not as their job left them before the machine was restarted: mid";

    private final RuleBook book =
            book(rule("last").in("mid").out("last"), rule("middle").in("in").out("mid", "side"));

    private final FakeFiles disk =
            new FakeFiles()
                    .with("in", 1, "in")
                    .with("mid", 5, "whole")
                    .with("side", 5, "side")
                    .with("last", 6, "last");

    /** All were left as they lie there now. */
    private PastOutputs past = path -> record(new OutputRecord.Left(sizeOf(path), 5 * SECOND));

    private static long sizeOf(String path) {
        return path.equals("mid") ? 5 : 4;
    }

    private static OutputRecord record(OutputRecord.Left left) {
        return new OutputRecord("middle", false, null, new LinkedHashMap<>(), 0, 0, left);
    }

    @Test
    void outputsThatAreAsTheirJobLeftThemStay() {
        assertThat(plan(PlanRequest.Rerun.DEFAULT).count()).isZero();
    }

    @Test
    void anOutputThatIsEmptyIsMadeAgainAndWhatIsMadeFromItToo() {
        disk.with("mid", 5, "");

        Plan plan = plan(PlanRequest.Rerun.DEFAULT);

        assertThat(reason(plan, "middle").text()).isEqualTo(LOST);
        assertThat(reason(plan, "middle").names())
                .containsExactly("output files lost in a restart of the machine");
        assertThat(reason(plan, "last").text())
                .isEqualTo("Input files updated by another job: mid");
    }

    @Test
    void anOutputWithTheContentOfBeforeIsMadeAgain() {
        disk.with("mid", 3, "other");

        assertThat(reason(plan(PlanRequest.Rerun.DEFAULT), "middle").text()).isEqualTo(LOST);
    }

    @Test
    void anOutputThatSomeoneWroteSinceIsTheirs() {
        disk.with("mid", 6, "edited by hand");

        assertThat(plan(PlanRequest.Rerun.DEFAULT).count()).isZero();
    }

    @Test
    void anOutputThatIsGoneIsMissingAsAlways() {
        disk.without("mid");

        Plan plan = plan(PlanRequest.Rerun.DEFAULT);
        assertThat(plan.count()).as("nothing needs it").isZero();

        disk.without("last");
        plan = plan(PlanRequest.Rerun.DEFAULT);
        assertThat(reason(plan, "middle").text()).isEqualTo("Missing output files: mid");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                5_123_456_700L,
                5_123_456_000L,
                5_123_000_000L,
                5_000_000_000L,
                4_000_000_000L
            })
    void aTimeThatAnArchiveCutShortIsTheSameTime(long nanos) {
        var left = new OutputRecord.Left(5, 5_123_456_789L);

        assertThat(left.lost(file(nanos, 5))).isFalse();
        assertThat(left.lost(file(nanos, 4))).as("but not with another size").isTrue();
        assertThat(left.lost(file(nanos - 1, 5))).as("and not a little older").isTrue();
    }

    @Test
    void aFolderIsJudgedByItsTimestampAlone() {
        var left = new OutputRecord.Left(0, 5 * SECOND);

        assertThat(left.lost(folder(5 * SECOND))).isFalse();
        assertThat(left.lost(folder(4 * SECOND - 1))).isTrue();
        assertThat(left.lost(folder(6 * SECOND))).isFalse();
    }

    @Test
    void aLinkIsJudgedByWhatItPointsTo() {
        var left = new OutputRecord.Left(5, 5 * SECOND);

        assertThat(left.lost(link(3 * SECOND, 5 * SECOND))).isFalse();
        assertThat(left.lost(link(3 * SECOND, 3 * SECOND))).isTrue();
    }

    @Test
    void outputsThatAreNotKnownToBeOfAnEarlierBootAreNotJudged() {
        disk.with("mid", 5, "");
        past = path -> new OutputRecord("middle", false, null, new LinkedHashMap<>(), 0, 0);

        assertThat(plan(PlanRequest.Rerun.DEFAULT).count()).isZero();
    }

    @Test
    void whoIgnoresIncompleteFilesTakesThemAsTheyAre() {
        disk.with("mid", 5, "");
        var all = PlanRequest.Rerun.DEFAULT;
        var ignore =
                new PlanRequest.Rerun(
                        all.triggers(), all.considerAncient(), true, false, all.maxChecksumSize());

        assertThat(plan(ignore).count()).isZero();
    }

    @Test
    void aLostOutputIsMadeAgainThoughTheRestIsForAncientFilesOnly() {
        RuleBook ancient =
                book(
                        rule("last").in("ancient:mid").out("last"),
                        rule("middle").in("in").out("mid"));
        disk.with("in", 9, "in").with("last", 5, "");
        past = path -> record(new OutputRecord.Left(4, 5 * SECOND));

        Plan plan = plan(ancient, PlanRequest.Rerun.DEFAULT);

        assertThat(reason(plan, "last").lostOutput()).containsExactly("last");
    }

    @Test
    void aLifeThatMadeTheOutputDoesNotMakeItWhole() {
        disk.with("mid", 5, "");
        var forcing =
                new PlanRequest.Forcing(true, false, List.of())
                        .resumed(List.of("mid", "side", "last"), List.of());
        PlanRequest request = PlanRequest.of(List.of()).withForcing(forcing);

        Plan plan = plan(book, request);

        assertThat(reason(plan, "middle").text()).isEqualTo(LOST);
        assertThat(plan.count()).isEqualTo(2);
    }

    @Test
    void looksAtManyOutputsAtOnce() {
        plan(PlanRequest.Rerun.DEFAULT);

        assertThat(disk.looks).isLessThanOrEqualTo(4);
    }

    private Plan plan(PlanRequest.Rerun rerun) {
        return plan(book, rerun);
    }

    private Plan plan(RuleBook rules, PlanRequest.Rerun rerun) {
        return plan(rules, PlanRequest.of(List.of()).withRerun(rerun));
    }

    private Plan plan(RuleBook rules, PlanRequest request) {
        Planned planned = new Planner(rules, request, new FakePython(), disk, past).plan();
        if (planned instanceof Planned.Made made) {
            return made.plan();
        }
        throw new AssertionError(PlanText.of(planned));
    }

    private static Reason reason(Plan plan, String rule) {
        return plan.reason(PlannerTest.jobOf(plan, rule));
    }

    private static FileFact file(long nanos, long size) {
        return new FileFact(true, false, nanos, size);
    }

    private static FileFact folder(long nanos) {
        return new FileFact(true, true, nanos, 0);
    }

    private static FileFact link(long own, long target) {
        return new FileFact(true, false, own, Math.max(own, target), 5);
    }
}
