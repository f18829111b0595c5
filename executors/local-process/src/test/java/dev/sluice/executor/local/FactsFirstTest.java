package dev.sluice.executor.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.execute.TaskSpec;
import dev.sluice.engine.journal.Entry;
import dev.sluice.engine.journal.Journal;
import dev.sluice.engine.journal.RunFolder;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an executor is told stands in the journal already: else a crash would lose it. */
class FactsFirstTest {
    @TempDir Path workdir;

    @Test
    void anAttemptIsWrittenDownBeforeItsExecutorIsTold() throws IOException {
        List<String> submitted = new ArrayList<>();
        List<String> written = new ArrayList<>();
        WorkflowRun run =
                new WorkflowRun(workdir)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "b/1", "b/2"
                                rule b:
                                    input: "a"
                                    output: "b/{x}"
                                    shell: "cp {input} {output}"
                                rule a:
                                    output: "a"
                                    shell: "echo > {output}"
                                """)
                        .withExecutor(
                                (folder, executor) ->
                                        new PassingExecutor(executor) {
                                            @Override
                                            public void submit(List<TaskSpec> tasks) {
                                                written.addAll(handedOver(folder));
                                                tasks.forEach(
                                                        task -> submitted.add(task.attempt()));
                                                assertThat(written).containsAll(submitted);
                                                super.submit(tasks);
                                            }
                                        });
        assertEquals(RunOutcome.SUCCEEDED, run.run());
        assertThat(submitted).hasSize(3);
    }

    /** Attempts that the journal says are started and handed over. */
    private static List<String> handedOver(RunFolder folder) {
        List<String> started = new ArrayList<>();
        List<String> handed = new ArrayList<>();
        for (Entry entry : Journal.read(folder.journal())) {
            switch (entry.fact()) {
                case Fact.AttemptStarted(var task, int attempt, _, _, _, _) ->
                        started.add(task.text() + "-" + attempt);
                case Fact.AttemptHandedOver(var task, int attempt, _) ->
                        handed.add(task.text() + "-" + attempt);
                default -> {}
            }
        }
        handed.retainAll(started);
        return handed;
    }
}
