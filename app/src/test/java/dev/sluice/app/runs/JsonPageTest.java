package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.schedule.AttemptEnd;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.JobRecord;
import dev.sluice.engine.schedule.RunOutcome;
import dev.sluice.engine.schedule.Verdict;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is printed for programs has the fields that docs/json.md lists, and no others. */
class JsonPageTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");

    @TempDir Path workdir;
    private final JsonPage page = new JsonPage();
    private final Said said = new Said();
    private List<Entry> entries = List.of();

    @BeforeEach
    void aRunOfEachKindOfJob() {
        try (var run = RunSketch.planned(workdir, 2)) {
            run.running(A, 1).printed(A, 1, "text\n").finished(A, 1).running(B, 1).failed(B, 1);
            run.fact(new Fact.Warned("slow disk")).after(1000);
            run.fact(new Fact.OutputsTouched(List.of(new JobRecord.Output("out/A.bam", 1, 2))));
            run.ended(RunOutcome.FAILED);
            entries = Journal.read(run.run().journal());
        }
    }

    @Test
    void runs() {
        new RunsCommand(said.terminal(), workdir, Map.of()).run(List.of("--json"));
        Map<String, Object> line = said.json().getFirst();
        assertThat(line.keySet()).containsExactlyElementsOf(page.fields("Runs", 0));
        assertThat(Json.objects(line.get("lives")).getFirst().keySet())
                .containsExactlyElementsOf(page.fields("Runs", 1));
    }

    @Test
    void status() {
        new StatusCommand(said.terminal(), workdir, Map.of()).run(List.of("--json", "--jobs"));
        Map<String, Object> line = said.json().getFirst();
        assertThat(line.keySet())
                .containsExactlyElementsOf(both(page.fields("Runs", 0), page.fields("One run", 0)));
        Map<String, Object> job = Json.objects(line.get("jobs")).getFirst();
        assertThat(job.keySet()).containsExactlyElementsOf(page.fields("One run", 1));
        assertThat(Json.objects(job.get("attempts")).getFirst().keySet())
                .containsExactlyElementsOf(page.fields("One run", 2));
    }

    @Test
    void logs() {
        new LogsCommand(said.terminal(), workdir, Map.of()).run(List.of("out/A.bam", "--json"));
        List<String> job = new ArrayList<>(page.fields("One run", 1));
        job.remove("attempts");
        assertThat(said.json().getFirst().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        both(page.fields("What a job printed", 0), job));
    }

    @Test
    void history() {
        new HistoryCommand(said.terminal(), workdir, Map.of()).run(List.of("out/A.bam", "--json"));
        String heading = "The history of a file";
        assertThat(said.json().getFirst().keySet())
                .containsExactlyElementsOf(page.fields(heading, 0));
        assertThat(said.json().getLast().keySet())
                .containsExactlyElementsOf(both(page.fields(heading, 0), page.fields(heading, 1)));
    }

    @Test
    void checkedJournals() {
        new JournalCommand(said.terminal(), workdir, Map.of()).run(List.of("check", "--json"));
        assertThat(said.json().getFirst().keySet())
                .containsExactlyElementsOf(page.fields("Checked journals", 0));
    }

    @Test
    void factsOfEveryKind() {
        Map<String, List<String>> kinds = page.fieldsByName("Facts", 1);
        List<Entry> all = new ArrayList<>(entries);
        more().forEach(fact -> all.add(new Entry(0, 0, fact)));
        var seen = new TreeSet<String>();
        for (Entry entry : all) {
            Map<String, Object> line = json(entry);
            String kind = String.valueOf(line.get("fact"));
            seen.add(kind);
            List<String> fields = new ArrayList<>(List.of("format"));
            fields.addAll(page.fields("Facts", 0));
            fields.addAll(Objects.requireNonNullElse(kinds.get(kind), List.of()));
            fields.addAll(inside(entry.fact()));
            assertThat(line.keySet()).as(kind).containsExactlyElementsOf(fields);
        }
        assertThat(seen).containsExactlyElementsOf(new TreeSet<>(kinds.keySet()));
        assertThat(seen).containsExactlyElementsOf(kindsOf(Fact.class));
    }

    /** What the page says in words, for some values of a field only. */
    private static List<String> inside(Fact fact) {
        if (fact instanceof Fact.AttemptEnded(_, _, AttemptEnd.Failed _)) {
            return List.of("exit_code", "reason");
        }
        return fact instanceof Fact.TaskSettled(_, _, Verdict.Failed _)
                ? List.of("reason")
                : List.of();
    }

    private static List<Fact> more() {
        return List.of(
                new Fact.RunResumed(List.of(), "ada", "1", 2, Fact.Origin.UNKNOWN),
                new Fact.PlanChanged(
                        List.of(), List.of(), List.of(), List.of(), new LinkedHashMap<>()),
                new Fact.AttemptDisowned(A.key(), 1),
                new Fact.StopRequested(true),
                new Fact.RetryRequested(A.key()),
                new Fact.TempDeleted(List.of("a")),
                new Fact.OutputsForgotten(List.of("a")));
    }

    private static Collection<String> kindsOf(Class<?> type) {
        var kinds = new TreeSet<String>();
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            kinds.add(type.getSimpleName());
        } else {
            for (Class<?> each : permitted) {
                kinds.addAll(kindsOf(each));
            }
        }
        return kinds;
    }

    private static Map<String, Object> json(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new JsonLines(out).line(json -> FactJson.write(json, entry));
        return Json.object(bytes.toString(StandardCharsets.UTF_8));
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
