package dev.sluice.app.inspect;

import static dev.sluice.app.show.RuleSketch.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.show.Plans;
import dev.sluice.app.show.RuleSketch;
import dev.sluice.engine.plan.Evaluation;
import dev.sluice.engine.plan.JobEvaluation;
import dev.sluice.engine.plan.JobFingerprint;
import dev.sluice.engine.plan.OutputRecord;
import dev.sluice.engine.plan.Plan;
import dev.sluice.engine.plan.PlanRequest;
import dev.sluice.engine.rules.RuleBook;
import dev.sluice.engine.value.Value;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class FileStatesTest {
    private static final PlanRequest REQUEST = PlanRequest.of(List.of());
    private static final String HEAD = "output_file\tdate\trule\tlog-file(s)\tstatus\tplan\n";

    private final Plans.Files files =
            new Plans.Files().with("in", 0).with("a", 1_700_000_000).with("b", 1_700_000_001);
    private final Map<String, OutputRecord> past = new LinkedHashMap<>();

    @Test
    void saysOfEachOutputWhenItWasMadeAndThatNothingIsToBeDone() {
        RuleBook book = book("1", "echo {params.k}\ncat {input} > {output}", "in");
        record(book);
        assertThat(states(book).summary(false))
                .isEqualTo(
                        HEAD
                                + "b\tTue Nov 14 22:13:21 2023\tsecond\t\tok\tno update\n"
                                + "a\tTue Nov 14 22:13:20 2023\tfirst\ta.log\tok\tno update\n");
    }

    @Test
    void addsInputsAndCommandsWhenDetailed() {
        RuleBook book = book("1", "echo {params.k}\ncat {input} > {output}", "in");
        record(book);
        assertThat(states(book).summary(true))
                .startsWith(
                        "output_file\tdate\trule\tlog-file(s)\tinput-file(s)\tshellcmd\tstatus"
                                + "\tplan\n")
                .contains("\tfirst\ta.log\tin\techo 1; cat in > a\tok\tno update\n");
    }

    @Test
    void knowsLittleOfFilesThatAreNotOnRecord() {
        RuleBook book = book("1", "x", "in");
        assertThat(states(book).summary(true))
                .contains("a\tTue Nov 14 22:13:20 2023\tfirst\t-\t-\t-\tok\tno update\n");
    }

    @Test
    void writesADayOfOneDigitInTwoColumns() {
        files.with("a", 1_699_000_000).with("b", 1_699_000_001);
        assertThat(states(book("1", "x", "in")).summary(false))
                .contains("a\tFri Nov  3 08:26:40 2023\t");
    }

    @Test
    void tellsWhatIsMissingFromWhatIsOutdated() {
        RuleBook book = book("1", "x", "in");
        files.with("in", 1_800_000_000);
        var onlyIn = new Plans.Files().with("in", 5);
        assertThat(states(book).summary(false))
                .contains(
                        "a\tTue Nov 14 22:13:20 2023\tfirst\t-\tupdated input files\tupdate"
                                + " pending\n");
        assertThat(states(book, onlyIn).summary(false))
                .contains("a\t-\tfirst\t-\tmissing\tupdate pending\n");
    }

    @Test
    void tellsWhatIsNotAsItsJobLeftItBeforeTheMachineWasRestarted() {
        var left = new OutputRecord.Left(1_000, 1_700_000_000_000_000_000L);
        past.put("a", new OutputRecord("first", false, null, new LinkedHashMap<>(), 0, 0, left));
        assertThat(states(book("1", "x", "in")).summary(false))
                .contains(
                        "a\tTue Nov 14 22:13:20 2023\tfirst\t-\tlost in a restart\tupdate"
                                + " pending\n")
                .contains("b\tTue Nov 14 22:13:21 2023\tsecond\t-\tok\tupdate pending\n");
    }

    @Test
    void callsAnAbsentTemporaryFileRemoved() {
        RuleBook book =
                RuleSketch.book(
                        rule("second").input("a").output("b").shell("x"),
                        rule("first").input("in").output(List.of("temp"), "a").shell("x"));
        var kept = new Plans.Files().with("in", 1).with("b", 2);
        assertThat(states(book, kept).summary(false))
                .contains("a\t-\tfirst\t-\tremoved temp file\tno update\n");
    }

    @Test
    void noticesAnotherCode() {
        record(book("1", "old", "in"));
        assertThat(states(book("1", "new", "in")).changed(Changes.Kind.CODE)).isEqualTo("a\n");
        assertThat(states(book("1", "new", "in")).changed(Changes.Kind.PARAMS)).isEmpty();
        assertThat(states(book("1", "new", "in")).summary(false))
                .contains("rule implementation changed\tupdate pending");
    }

    @Test
    void noticesOtherParams() {
        record(book("1", "x", "in"));
        assertThat(states(book("2", "x", "in")).changed(Changes.Kind.PARAMS)).isEqualTo("a\n");
        assertThat(states(book("2", "x", "in")).changed(Changes.Kind.CODE)).isEmpty();
        assertThat(states(book("2", "x", "in")).summary(false))
                .contains("params changed\tupdate pending");
    }

    @Test
    void noticesAnotherSetOfInputs() {
        record(book("1", "x", "in"));
        files.with("other", 0);
        assertThat(states(book("1", "x", "other")).changed(Changes.Kind.INPUT)).isEqualTo("a\n");
        assertThat(states(book("1", "x", "other")).summary(false))
                .contains("set of input files changed\tupdate pending");
    }

    @Test
    void seesNoChangeWhereNothingIsOnRecord() {
        for (Changes.Kind kind : Changes.Kind.values()) {
            assertThat(states(book("1", "x", "in")).changed(kind)).as(kind.name()).isEmpty();
        }
    }

    private static RuleBook book(String param, String command, String input) {
        return RuleSketch.book(
                rule("second").input("a").output("b").shell("cp a b"),
                rule("first")
                        .input(input)
                        .output("a")
                        .log("a.log")
                        .param("k", new Value.Text(param))
                        .shell(command));
    }

    /** Remembers all outputs as made by the rules of this book. */
    private void record(RuleBook book) {
        Plan plan = Plans.plan(book, files);
        var evaluation = new JobEvaluation(book, REQUEST, new Plans.NoPython());
        for (Evaluation result :
                evaluation.evaluate(plan.jobs().stream().map(plan::job).toList(), 1)) {
            var settings = ((Evaluation.Ready) result).settings();
            JobFingerprint print = JobFingerprint.of(settings, "", REQUEST, files);
            settings.job()
                    .output()
                    .items()
                    .forEach(
                            file ->
                                    past.put(
                                            file.path(),
                                            new OutputRecord(
                                                    settings.job().rule().name(),
                                                    false,
                                                    print,
                                                    new LinkedHashMap<>(),
                                                    0,
                                                    0)));
        }
    }

    private FileStates states(RuleBook book) {
        return states(book, files);
    }

    private FileStates states(RuleBook book, Plans.Files facts) {
        Plan plan = Plans.plan(book, facts, past::get);
        var evaluation = new JobEvaluation(book, REQUEST, new Plans.NoPython());
        return new FileStates(plan, facts, past::get, evaluation, REQUEST, ZoneOffset.UTC);
    }
}
