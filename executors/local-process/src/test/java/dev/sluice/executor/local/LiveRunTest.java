package dev.sluice.executor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.Wish;
import dev.sluice.engine.journal.Wishes;
import dev.sluice.engine.run.RunMeasures;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.Key;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What others see of a run and ask of it while it goes on. */
class LiveRunTest {
    private static final String TWO_JOBS =
            """
            rule all:
                input: "b"
            rule b:
                input: "a"
                output: "b"
                shell: "cp {input} {output}"
            rule a:
                output: "a"
                shell: "echo > {output}"
            """;

    @TempDir Path workdir;

    private List<Fact> facts(WorkflowRun run) {
        return Journal.read(run.folder().journal()).stream().map(Entry::fact).toList();
    }

    private static <T extends Fact> List<T> of(Class<T> kind, List<Fact> facts) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void anExecutorThatQueuesIsBelievedWhenItSaysThatSomethingRuns() throws IOException {
        WorkflowRun run =
                new WorkflowRun(workdir)
                        .withSnakefile(TWO_JOBS)
                        .withExecutor(
                                (folder, executor) ->
                                        new PassingExecutor(executor) {
                                            @Override
                                            public boolean queues() {
                                                return true;
                                            }
                                        });
        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        List<Fact> facts = facts(run);
        List<Fact.AttemptHandedOver> handed = of(Fact.AttemptHandedOver.class, facts);
        List<Fact.AttemptRunning> running = of(Fact.AttemptRunning.class, facts);
        assertThat(running)
                .as("once an attempt that has a process")
                .extracting(Fact.AttemptRunning::task)
                .containsExactlyElementsOf(
                        handed.stream().map(Fact.AttemptHandedOver::task).toList());
        assertThat(handed).hasSize(2);
    }

    @Test
    void oneThatStartsAtOnceCostsNoFactForIt() throws IOException {
        WorkflowRun run = new WorkflowRun(workdir).withSnakefile(TWO_JOBS);
        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(of(Fact.AttemptRunning.class, facts(run))).isEmpty();
    }

    /** The failed job ends what the other one waits for, so that the run is there to be asked. */
    @Test
    void aJobThatFailedIsTriedAgainOnAWishAndTheRunGoesOn() throws IOException {
        WorkflowRun run =
                new WorkflowRun(workdir)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "late", "long"
                                rule late:
                                    input: "bad"
                                    output: "late"
                                    shell: "cp {input} {output}; touch go"
                                rule bad:
                                    output: "bad"
                                    shell: "test -e mended && echo > {output}"
                                rule long:
                                    output: "long"
                                    shell:
                                        "for i in $(seq 600); do"
                                        " test -e go && break; sleep 0.1; done; echo > {output}"
                                """);
        run.whenFailed(() -> mendAndAskAgain(run));

        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(run.failures).hasSize(1);
        assertThat(run.finished).contains("bad", "late", "long", "all");
        List<Fact> facts = facts(run);
        Key bad = of(Fact.RetryRequested.class, facts).getFirst().task();
        assertThat(of(Fact.AttemptStarted.class, facts))
                .filteredOn(started -> started.task().equals(bad))
                .extracting(Fact.AttemptStarted::attempt, Fact.AttemptStarted::tryNumber)
                .containsExactly(tuple(1, 1), tuple(2, 1));
        assertThat(of(Fact.RetryRequested.class, facts)).as("of three wishes").hasSize(1);
    }

    private void mendAndAskAgain(WorkflowRun run) {
        try {
            Files.createFile(workdir.resolve("mended"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Fact.AttemptStarted started : of(Fact.AttemptStarted.class, facts(run))) {
            new Wishes(run.folder()).leave(new Wish.RetryTask(started.task()));
        }
        new Wishes(run.folder()).leave(new Wish.RetryTask(new Key("nobody")));
    }

    @Test
    void thePlanIsThereBeforeTheJournalSaysThatItWasMadeAndGrowsWithCheckpoints()
            throws IOException {
        List<String> first = new ArrayList<>();
        WorkflowRun run =
                new WorkflowRun(workdir)
                        .withSnakefile(
                                """
                                def parts(wildcards):
                                    folder = checkpoints.split.get().output[0]
                                    return ["made/1", "made/2"]
                                rule all:
                                    input: parts
                                checkpoint split:
                                    output: directory("parts")
                                    shell: "mkdir {output}"
                                rule make:
                                    output: "made/{n}"
                                    shell: "echo > {output}"
                                """);
        run.whenStarted(
                loop -> {
                    if (first.isEmpty()) {
                        first.addAll(lines(run));
                    }
                });
        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(first).hasSize(3).first().isEqualTo("{\"format\":1,\"plan\":1}");
        List<String> last = lines(run);
        assertThat(last.subList(0, 3)).isEqualTo(first);
        assertThat(last.get(3)).isEqualTo("{\"change\":true,\"removed\":[]}");
        assertThat(last.subList(4, last.size()))
                .hasSize(3)
                .anyMatch(line -> line.equals("{\"row\":0,\"n\":[2,3]}"));
    }

    private static List<String> lines(WorkflowRun run) {
        try {
            return Files.readAllLines(run.folder().plan());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPlanThatCannotBeWrittenDoesNotHurtTheRun() throws IOException {
        WorkflowRun run = new WorkflowRun(workdir).withSnakefile(TWO_JOBS);
        run.withExecutor(
                (folder, executor) -> {
                    try {
                        Files.createDirectories(folder.path().resolve("plan.new").resolve("x"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return executor;
                });
        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(run.folder().plan()).doesNotExist();
        assertThat(run.warnings).singleElement().asString().contains("the run goes on");
    }

    @Test
    void whoMeasuresHearsWhatTheRunWorkedAt() throws IOException {
        Map<String, Integer> helper = new LinkedHashMap<>();
        List<Integer> written = new ArrayList<>();
        List<Integer> decided = new ArrayList<>();
        List<Long> synced = new CopyOnWriteArrayList<>();
        WorkflowRun run =
                new WorkflowRun(workdir)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "b"
                                rule b:
                                    output: "b"
                                    params: x=lambda wildcards: 1
                                    shell: "echo {params.x} > {output}"
                                onsuccess:
                                    pass
                                """)
                        .withMeasures(
                                new RunMeasures() {
                                    @Override
                                    public void helperCalled(String what, int calls, long nanos) {
                                        helper.merge(what, calls, Integer::sum);
                                        assertThat(nanos).isPositive();
                                    }

                                    @Override
                                    public void journalWritten(int facts, long nanos) {
                                        written.add(facts);
                                    }

                                    @Override
                                    public void decided(int events, long nanos) {
                                        decided.add(events);
                                    }

                                    @Override
                                    public void synced(long nanos) {
                                        synced.add(nanos);
                                    }
                                });
        assertThat(run.run()).isEqualTo(RunOutcome.SUCCEEDED);
        assertThat(helper).containsEntry("functions", 1).containsEntry("hook", 1);
        assertThat(written.stream().mapToInt(Integer::intValue).sum())
                .as("all but RunStarted, which stands there before")
                .isEqualTo(facts(run).size() - 1);
        assertThat(decided).isNotEmpty().allMatch(events -> events > 0);
        assertThat(synced).isNotEmpty();
    }
}
