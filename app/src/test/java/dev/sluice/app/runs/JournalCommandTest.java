package dev.sluice.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch.Job;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class JournalCommandTest {
    private static final Job A = Job.align("A");

    @TempDir Path workdir;
    private final Said said = new Said();

    @Test
    void dumpPrintsEachFactOnALine() {
        try (var run = RunSketch.planned(workdir, 1)) {
            run.running(A, 1).finished(A, 1).ended(RunOutcome.SUCCEEDED);
            assertThat(journal("dump")).isZero();
        }
        assertThat(said.json())
                .extracting(json -> json.get("fact"))
                .containsExactly(
                        "RunStarted",
                        "PlanMade",
                        "AttemptStarted",
                        "AttemptHandedOver",
                        "AttemptRunning",
                        "AttemptEnded",
                        "JobFinished",
                        "TaskSettled",
                        "RunEnded");
        assertThat(said.json().getFirst())
                .containsEntry("offset", 8)
                .containsEntry("time", "2026-11-24T10:00:00Z")
                .containsEntry("argv", List.of("-c", "2"));
        assertThat(said.out().lines().toList().get(2))
                .endsWith(
                        "\"fact\":\"AttemptStarted\",\"task\":\"aaaaaaaa\",\"attempt\":1,\"try\":1,"
                            + "\"executor\":\"local\",\"threads\":2,\"resources\":{\"mem_mb\":100},"
                            + "\"jobs\":[{\"job\":\"aaaaaaaa\",\"rule\":\"align\","
                            + "\"wildcards\":{\"sample\":\"A\"},\"output\":[\"out/A.bam\"]}]}");
    }

    @Test
    void checkLooksAtAllRunsAndSaysThatTheyAreWhole() throws IOException {
        long bytes;
        try (var run = RunSketch.planned(workdir, 1);
                var other = RunSketch.planned(workdir, RunSketch.BEGIN.plusSeconds(60), 1)) {
            bytes = Files.size(run.run().journal());
            assertThat(journal("check")).isZero();
            assertThat(said.out())
                    .isEqualTo(
                            """
                            %s  whole: 2 facts, %d bytes
                            %s  whole: 2 facts, %d bytes
                            """
                                    .formatted(run.id(), bytes, other.id(), bytes));
        }
    }

    @Test
    void anIncompleteLastRecordIsHarmless() throws IOException {
        String id;
        try (var run = RunSketch.planned(workdir, 1)) {
            id = run.running(A, 1).id();
        }
        Damage.atTheEnd(workdir, id);
        assertThat(journal("check", "latest")).isZero();
        assertThat(said.out())
                .startsWith(id + "  whole: 4 facts, ")
                .contains("of an incomplete record (harmless");
        assertThat(journal("dump")).isZero();
    }

    @Test
    void damageIsSaidWithItsPlaceAndAnsweredWithOne() throws IOException {
        String id;
        try (var run = RunSketch.planned(workdir, 1)) {
            id = run.running(A, 1).id();
        }
        Damage.inTheMiddle(workdir, id);
        assertThat(journal("check")).isEqualTo(1);
        assertThat(said.out()).contains(id + "  damaged: ").contains("damaged at byte 8: ");
        assertThat(journal("check", "--json")).isEqualTo(1);
        Map<String, Object> json = Json.object(said.out().lines().toList().getLast());
        assertThat(json)
                .containsEntry("state", "damaged")
                .containsEntry("facts", 0)
                .containsEntry("damaged_at", 8);
        UsageError error = catchThrowableOfType(UsageError.class, () -> journal("dump"));
        assertThat(error.text()).contains("damaged at byte 8");
    }

    @Test
    void whatIsNoJournalIsDamaged() throws IOException {
        try (var run = RunSketch.planned(workdir, 1)) {
            Files.writeString(run.run().journal(), "something else altogether\n");
        }
        assertThat(journal("check")).isEqualTo(1);
        assertThat(said.out()).contains("is not a journal");
    }

    @Test
    void aMisspeltPartIsAnsweredWithTheNearest() {
        UsageError error = catchThrowableOfType(UsageError.class, () -> journal("dmup"));
        assertThat(error).hasMessage("`sluice journal` does not know `dmup`");
        assertThat(error.hint()).isEqualTo("did you mean `sluice journal dump`?");
        assertThat(catchThrowableOfType(UsageError.class, this::journal))
                .hasMessage("`sluice journal` expects what to do");
    }

    private int journal(String... words) {
        return new JournalCommand(said.terminal(), workdir, Map.of()).run(List.of(words));
    }
}
