package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The load test of {@code benchmarks/web}, small: its own watchers and its own fold of the journal,
 * in another language than the server's.
 */
final class WatchersIT {
    @TempDir private Path folder;

    @Test
    @Timeout(180)
    void eachWatcherEndsWithWhatTheJournalSaysThoughStreamsAreCutAndTheServerIsKilled()
            throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Path project = Path.of(System.getProperty("sluice.project.dir", "..")).toAbsolutePath();
        var load =
                new ProcessBuilder(
                                "python3",
                                project.resolve("benchmarks/web/load.py").toString(),
                                "--dist",
                                Command.dist().toString(),
                                "--watchers=20",
                                "--submissions=5",
                                "--watched=2",
                                "--long-samples=15",
                                "--patience=120")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        load.environment().put("SLUICE_AOT", "off");
        Process process = load.start();
        try {
            assertThat(process.waitFor()).as("%s", Files.readString(said)).isZero();
        } finally {
            process.destroy();
        }
        assertThat(Files.readString(said))
                .contains("| watchers; runs; submissions at once | 20; 7; 5 |")
                .contains("| watchers at their end before the kill | 0 |")
                .contains(
                        "| watchers whose columns differ from the journal, and other faults | 0 |");
    }
}
