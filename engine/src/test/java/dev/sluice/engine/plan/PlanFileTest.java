package dev.sluice.engine.plan;

import static dev.sluice.engine.plan.FakePython.files;
import static dev.sluice.engine.plan.FakePython.needs;
import static dev.sluice.engine.plan.RuleMaker.book;
import static dev.sluice.engine.plan.RuleMaker.checkpoint;
import static dev.sluice.engine.plan.RuleMaker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.journal.PlanFile;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.rules.RuleBook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Stands here, beside the plans that it writes, and not beside the journal. */
class PlanFileTest {
    @TempDir Path workdir;
    private final FakePython python = new FakePython();
    private final FakeFiles disk = new FakeFiles();
    private final List<String> warnings = new ArrayList<>();
    private final BitSet finished = new BitSet();
    private RunFolder run;
    private PlanFile file;

    @BeforeEach
    void makeRun() {
        run = RunFolder.create(workdir, InstantSource.fixed(Instant.EPOCH));
        file = new PlanFile(run, warnings::add);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(run.plan());
    }

    private Planner planner(RuleBook book, String... targets) {
        return new Planner(book, PlanRequest.of(List.of(targets)), python, disk, PastOutputs.NONE);
    }

    private static Plan made(Planner planner) {
        if (planner.plan() instanceof Planned.Made made) {
            return made.plan();
        }
        throw new AssertionError("no plan");
    }

    private Plan after(Planner planner, Plan before, String checkpoint) {
        int job = PlannerTest.jobOf(before, checkpoint);
        finished.set(job);
        Replanned replanned =
                planner.checkpointsFinished(List.of(job), (BitSet) finished.clone(), new BitSet());
        if (replanned instanceof Replanned.PlanChanged changed) {
            return changed.plan();
        }
        throw new AssertionError("refused: " + replanned);
    }

    private static String key(Plan plan, String rule) {
        return plan.key(PlannerTest.jobOf(plan, rule));
    }

    @Test
    void eachJobThatRunsHasALineAndNamesTheRowsOfWhatItNeeds() throws IOException {
        disk.with("in", 1).with("old", 2);
        Plan plan =
                made(
                        planner(
                                book(
                                        rule("all").in("b.A", "old"),
                                        rule("old").in("in").out("old"),
                                        rule("b")
                                                .in("a.{s}", "old")
                                                .out("b.{s}", "\"b\u00e9\".{s}"),
                                        rule("a").in("in").out("a.{s}"))));
        file.made(plan, 3);

        assertThat(lines())
                .containsExactly(
                        "{\"format\":1,\"plan\":3}",
                        "{\"k\":\""
                                + key(plan, "all")
                                + "\",\"r\":\"all\",\"w\":{},"
                                + "\"i\":[\"b.A\",\"old\"],\"o\":[],\"n\":[1]}",
                        "{\"k\":\""
                                + key(plan, "b")
                                + "\",\"r\":\"b\",\"w\":{\"s\":\"A\"},"
                                + "\"i\":[\"a.A\",\"old\"],"
                                + "\"o\":[\"b.A\",\"\\\"b\u00e9\\\".A\"],\"n\":[2]}",
                        "{\"k\":\""
                                + key(plan, "a")
                                + "\",\"r\":\"a\",\"w\":{\"s\":\"A\"},"
                                + "\"i\":[\"in\"],\"o\":[\"a.A\"],\"n\":[]}");
        assertThat(warnings).isEmpty();
    }

    @Test
    void jobsThatGoTogetherNameTheirTask() throws IOException {
        Plan plan =
                made(
                        planner(
                                book(
                                        rule("all").in("out"),
                                        rule("take").in("stream").out("out"),
                                        rule("give").out("pipe:stream"))));
        file.made(plan, 1);
        String task = plan.tasks().get(plan.taskOf(PlannerTest.jobOf(plan, "give"))).key();
        assertThat(lines().stream().filter(line -> line.contains("\"t\":\"" + task + "\"")))
                .hasSizeGreaterThanOrEqualTo(1);
        assertThat(lines().get(1)).as("a task of its own").doesNotContain("\"t\"");
    }

    private RuleBook splitAndJoin() {
        return book(
                rule("all").in("joined"),
                checkpoint("split").out("parts"),
                rule("work").in("parts").out("work/{n}"),
                rule("join")
                        .in(
                                python.function(
                                        "wildcards",
                                        job ->
                                                python.has("split")
                                                        ? files("work/1", "work/2")
                                                        : needs("split", "parts")))
                        .out("joined"));
    }

    @Test
    void aCheckpointAppendsWhatCameAndWhatIsWiredAnew() throws IOException {
        Planner planner = planner(splitAndJoin());
        Plan first = made(planner);
        file.made(first, 1);
        List<String> before = lines();
        assertThat(before).hasSize(4);
        assertThat(before.stream().filter(line -> line.endsWith(",\"c\":true}")))
                .singleElement()
                .asString()
                .contains("\"r\":\"split\"");
        int split = rowOf(before, "split");
        int join = rowOf(before, "join");
        assertThat(before.get(join + 1)).contains("\"n\":[" + split + "]");

        disk.with("parts", 5);
        Plan second = after(planner, first, "split");
        file.changed(first, second, finished);

        List<String> all = lines();
        assertThat(all.subList(0, 4)).isEqualTo(before);
        assertThat(all.subList(4, all.size()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("{\"change\":true,\"removed\":[]}"),
                        line -> assertThat(line).contains("\"w\":{\"n\":\"1\"}").endsWith("}"),
                        line -> assertThat(line).contains("\"w\":{\"n\":\"2\"}"),
                        line -> assertThat(line).isEqualTo("{\"row\":" + join + ",\"n\":[3,4]}"));
    }

    /** The first line is no row. */
    private static int rowOf(List<String> lines, String rule) {
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).contains("\"r\":\"" + rule + "\"")) {
                return i - 1;
            }
        }
        throw new AssertionError("no row of " + rule);
    }

    /** Planned with both inputs; the checkpoint says that one of them is not needed. */
    private RuleBook dropsOne() {
        return book(
                rule("all").in("end"),
                checkpoint("look").in("guess").out("seen"),
                rule("guess").out("guess"),
                rule("spare").out("spare"),
                rule("end")
                        .in("seen")
                        .in(
                                python.function(
                                        "wildcards",
                                        job ->
                                                python.has("again")
                                                        ? files("spare")
                                                        : python.has("look")
                                                                ? files("other")
                                                                : files("spare")))
                        .out("end"),
                checkpoint("again").out("other"));
    }

    @Test
    void whatIsPlannedNoMoreIsRemovedAndWhatIsDoneStays() throws IOException {
        Plan first = made(planner(dropsOne()));
        file.made(first, 1);
        int spare = rowOf(lines(), "spare");
        Plan without = made(planner(book(rule("all"))));
        finished.set(0, first.size());
        finished.clear(PlannerTest.jobOf(first, "spare"));
        finished.clear(0);

        file.changed(first, without, finished);
        assertThat(lines().getLast().equals("{\"row\":0,\"n\":[]}"))
                .as("%s", lines().getLast())
                .isTrue();
        assertThat(lines().get(lines().size() - 2))
                .isEqualTo("{\"change\":true,\"removed\":[" + spare + "]}");

        file.changed(without, without, finished);
        assertThat(lines().getLast()).as("said once").isEqualTo("{\"change\":true,\"removed\":[]}");
    }

    @Test
    void aJobThatComesBackKeepsItsRow() throws IOException {
        Plan first = made(planner(dropsOne()));
        file.made(first, 1);
        int spare = rowOf(lines(), "spare");
        Plan without = made(planner(book(rule("all"))));
        finished.set(0, first.size());
        finished.clear(PlannerTest.jobOf(first, "spare"));
        file.changed(first, without, finished);

        file.changed(without, first, finished);
        assertThat(lines()).contains("{\"row\":" + spare + ",\"n\":[]}");
        assertThat(lines().stream().filter(line -> line.contains("\"r\":\"spare\""))).hasSize(1);
    }

    @Test
    void aNewPlanReplacesTheFileAndLeavesNoOther() throws IOException {
        Plan plan = made(planner(dropsOne()));
        file.made(plan, 1);
        List<String> before = lines();
        new PlanFile(run, warnings::add).made(plan, 2);
        assertThat(lines().getFirst()).isEqualTo("{\"format\":1,\"plan\":2}");
        assertThat(lines().subList(1, lines().size())).isEqualTo(before.subList(1, before.size()));
        assertThat(run.path().resolve("plan.new")).doesNotExist();
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndNothingIsAppendedToAnOlderPlan() throws IOException {
        Plan plan = made(planner(dropsOne()));
        file.made(plan, 1);
        List<String> before = lines();
        // A folder of that name cannot be written, whoever tries.
        Files.createDirectories(run.path().resolve("plan.new").resolve("x"));
        file.made(plan, 2);
        file.changed(plan, plan, finished);
        file.made(plan, 3);
        assertThat(warnings).singleElement().asString().contains("plan").contains("goes on");
        assertThat(lines()).isEqualTo(before);
    }

    @Test
    void aFileThatIsGoneIsNotBegunInTheMiddle() throws IOException {
        Plan plan = made(planner(dropsOne()));
        file.made(plan, 1);
        Files.delete(run.plan());
        file.changed(plan, plan, finished);
        file.changed(plan, plan, finished);
        assertThat(run.plan()).doesNotExist();
        assertThat(warnings).hasSize(1);
    }
}
