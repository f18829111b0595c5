package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.journal.Hold;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class RunsCommandTest {
    private static final Job A = Job.align("A");
    private static final Job B = Job.align("B");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void listsTheNewestFirst() {
        String first;
        String second;
        try (var run = RunSketch.planned(workdir, 2)) {
            first = run.running(A, 1).finished(A, 1).running(B, 1).failed(B, 1).id();
            run.ended(RunOutcome.FAILED);
        }
        try (var run =
                RunSketch.planned(workdir, RunSketch.BEGIN.plus(Duration.ofMinutes(10)), 1)) {
            second = run.running(A, 1).id();
        }
        assertThat(runs()).isZero();
        assertThat(said.out())
                .isEqualTo(
                        """
                        RUN                  STATE       STARTED                          TOOK   DONE  FAILED  COMMAND
                        %s  broken-off  2026-11-24 10:10:00  20 min ago  0.0 s  0/1           sluice run -c 2
                        %s  failed      2026-11-24 10:00:00  30 min ago  2.0 s  1/2   1       sluice run -c 2
                        """
                                .formatted(second, first));
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aRunWhoseHolderLivesIsRunning() {
        try (var run = RunSketch.planned(workdir, 1);
                var _ = Hold.take(run.run(), List.of("out/A.bam"))) {
            runs("--json");
            assertThat(said.json().getFirst())
                    .containsEntry("state", "running")
                    .containsEntry("run", run.id())
                    .containsEntry("duration_seconds", 1800.0);
            assertThat(String.valueOf(said.json().getFirst().get("holder")))
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void saysHowManyAreOlderThanThoseAskedFor() {
        for (int i = 0; i < 3; i++) {
            RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(i), 1).close();
        }
        runs("-n", "1");
        assertThat(said.out()).hasLineCount(3).endsWith("… and 2 older (-n 0 lists all)\n");
    }

    @Test
    void saysThatThereAreNoneAndWhatMakesSome() {
        assertThat(runs()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo(
                        "There are no runs in "
                                + workdir
                                + "; `sluice run` makes one; -d names another folder.\n");
    }

    @Test
    void saysWhereThereAreSomeAboveAFolderWithoutAny() throws IOException {
        RunSketch.planned(workdir, 1).close();
        Path inside = Files.createDirectory(workdir.resolve("inside"));
        new RunsCommand(said.terminal(), inside, Map.of()).run(List.of());
        assertThat(said.err()).contains("there are some in " + workdir + ": -d " + workdir);
    }

    @Test
    void looksIntoTheFolderThatIsNamed() throws IOException {
        Path other = Files.createDirectory(workdir.resolve("other"));
        RunSketch.planned(other, 1).close();
        runs("-d", "other");
        assertThat(said.out()).contains("broken-off");
    }

    @Test
    void aDamagedJournalIsListedAndSaid() throws IOException {
        String id;
        try (var run = RunSketch.planned(workdir, 1)) {
            id = run.running(A, 1).id();
        }
        Damage.inTheMiddle(workdir, id);
        assertThat(runs()).isZero();
        assertThat(said.out()).contains(id + "  unreadable");
        assertThat(said.err())
                .contains("warning: run " + id + " cannot be read whole")
                .contains("damaged at byte");
    }

    @Test
    void anOptionThatIsNotThereIsAUsageError() {
        assertThatThrownBy(() -> runs("--jason"))
                .isInstanceOf(UsageError.class)
                .hasMessage("there is no option --jason");
    }

    private int runs(String... words) {
        return new RunsCommand(
                        said.terminal(),
                        workdir,
                        Map.of(),
                        Said.at(RunSketch.BEGIN.plus(Duration.ofMinutes(30))))
                .run(List.of(words));
    }
}
