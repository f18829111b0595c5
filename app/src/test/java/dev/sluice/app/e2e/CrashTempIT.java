package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.journal.JournalReader;
import dev.sluice.engine.schedule.Fact;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The engine is killed just when a temporary file has lost its last user. */
final class CrashTempIT {
    @TempDir private Path temp;

    @ParameterizedTest(name = "the journal says so already: {0}")
    @ValueSource(booleans = {false, true})
    void theNextEngineDeletesWhatTheDeadOneWasAboutTo(boolean written) throws IOException {
        Sandbox sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "b.txt", "slow.txt"
                                rule a:
                                    output: temp("a.txt")
                                    shell: "echo a >> ran.txt; echo a > {output}"
                                rule b:
                                    input: "a.txt"
                                    output: "b.txt"
                                    shell: "echo b >> ran.txt; cp {input} {output}"
                                rule slow:
                                    output: "slow.txt"
                                    shell:
                                        "echo slow >> ran.txt; "
                                        "until [ -e go ] || [ ! -e Snakefile ]; do sleep 0.1; done; "
                                        "touch {output}"
                                """);
        Command.Running run = sandbox.command("run", "-c", "2").start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> sandbox.has("b.txt") && !sandbox.has("a.txt"));
        run.signal("KILL");
        run.end();
        asBeforeTheDeletion(sandbox, written);

        sandbox.with("go", "");
        sandbox.sluice("resume").isDone();
        assertThat(sandbox.has("a.txt")).as("the temporary file").isFalse();
        assertThat(sandbox.lines("ran.txt")).containsExactlyInAnyOrder("a", "b", "slow");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    /** The file is there again and, unless {@code written}, the journal ends before it tells. */
    private static void asBeforeTheDeletion(Sandbox sandbox, boolean written) throws IOException {
        sandbox.with("a.txt", "a\n");
        FileTime made = sandbox.timeOf("b.txt");
        sandbox.setTimeOf("a.txt", FileTime.from(made.toInstant().minusSeconds(1)));
        if (!written) {
            Path journal = RunJournal.of(sandbox).run().journal();
            List<Long> offsets = new ArrayList<>();
            JournalReader.read(
                    journal,
                    0,
                    entry -> {
                        if (entry.fact() instanceof Fact.TempDeleted) {
                            offsets.add(entry.offset());
                        }
                    });
            try (var channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
                channel.truncate(offsets.getFirst());
            }
        }
    }
}
