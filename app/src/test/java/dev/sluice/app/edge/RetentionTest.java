package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.edge.Retention.Act;
import dev.sluice.app.edge.Retention.Log;
import dev.sluice.app.edge.Retention.Seen;
import dev.sluice.app.settings.ServerSettings;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");
    private static final Path C = Path.of("c");

    @Test
    void withoutSettingsNothingGoes() {
        assertThat(due(ServerSettings.Retention.DEFAULTS, seen("old", true, 10_000))).isEmpty();
    }

    @Test
    void oldEndedRunsGoAndNoOthers() {
        var settings = new ServerSettings.Retention(30, 0, 0, 24, 60);
        assertThat(
                        due(
                                settings,
                                seen("old", true, 31),
                                seen("young", true, 29),
                                seen("going", false, 400)))
                .containsExactly(new Act.DeleteRun("old"));
    }

    @Test
    void logsGoBeforeTheirRuns() {
        var settings = new ServerSettings.Retention(30, 10, 0, 24, 60);
        assertThat(
                        due(
                                settings,
                                seen("old", true, 31),
                                seen("middle", true, 11),
                                seen("young", true, 9),
                                seen("going", false, 400)))
                .containsExactly(
                        new Act.DeleteRun("old"), new Act.DeleteLogs("middle", List.of(A, B, C)));
    }

    @Test
    void largeLogsLoseTheLargestOnesFirst() {
        // Logs of 5, 30 and 10 bytes.
        assertThat(due(new ServerSettings.Retention(0, 0, 45, 24, 60), seen("run", true, 1)))
                .isEmpty();
        assertThat(due(new ServerSettings.Retention(0, 0, 44, 24, 60), seen("run", true, 1)))
                .containsExactly(new Act.DeleteLogs("run", List.of(B)));
        assertThat(due(new ServerSettings.Retention(0, 0, 5, 24, 60), seen("run", true, 1)))
                .containsExactly(new Act.DeleteLogs("run", List.of(B, C)));
    }

    private static List<Act> due(ServerSettings.Retention settings, Seen... runs) {
        return new Retention(settings).due(List.of(runs), NOW);
    }

    private static Seen seen(String id, boolean ended, int days) {
        return new Seen(
                id,
                ended,
                NOW.minus(Duration.ofDays(days)),
                List.of(new Log(A, 5), new Log(B, 30), new Log(C, 10)));
    }
}
