package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.catalogue.CatalogueKeeper;
import dev.sluice.app.catalogue.JournalSketch;
import dev.sluice.app.catalogue.RunsSketch;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class HousekeepingTest {
    @TempDir private Path temp;

    private RunsSketch runs;
    private Catalogue catalogue;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void open() {
        runs = new RunsSketch(temp);
        catalogue = Catalogue.open(temp.resolve("catalogue.mv.db"));
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void oldRunsGoWithTheirFoldersAndOldLogsWithoutTheirRuns() throws IOException {
        HostedRun old = ended(40);
        HostedRun middle = ended(20);
        HostedRun young = ended(1);
        HostedRun going = ended(50);
        runs.setActive(going, true);
        tidy(new ServerSettings.Retention(30, 10, 0, 24, 60));
        assertThat(old.home()).doesNotExist();
        assertThat(runs.list()).containsExactlyInAnyOrder(middle, young, going);
        assertThat(middle.folder().logs()).isEmptyDirectory();
        assertThat(middle.folder().journal()).exists();
        assertThat(young.folder().logs().resolve("a-1")).exists();
        assertThat(going.folder().logs().resolve("a-1")).exists();
        assertThat(log).singleElement().asString().contains(old.id());
    }

    @Test
    void leftoversOfUploadsGoAndUploadsUnderWayStay() throws IOException {
        Path leftover = runs.incoming();
        Files.writeString(leftover.resolve("part"), "half");
        Path underWay = runs.incoming();
        Files.writeString(underWay.resolve("part"), "half");
        for (Path path : List.of(leftover.resolve("part"), leftover, underWay)) {
            assertThat(path.toFile().setLastModified(now().minusSeconds(100_000).toEpochMilli()))
                    .isTrue();
        }
        assertThat(underWay.resolve("part").toFile().setLastModified(now().toEpochMilli()))
                .isTrue();
        tidy(ServerSettings.Retention.DEFAULTS);
        assertThat(leftover).doesNotExist();
        assertThat(underWay.resolve("part")).exists();
    }

    private HostedRun ended(int daysAgo) throws IOException {
        HostedRun run = runs.add("ada", "old by " + daysAgo);
        try (var journal = JournalSketch.planned(run, now().minus(Duration.ofDays(daysAgo)), 1)) {
            journal.ended(RunOutcome.SUCCEEDED);
        }
        Files.writeString(run.folder().logs().resolve("a-1"), "what it printed");
        runs.setActive(run, false);
        return run;
    }

    private void tidy(ServerSettings.Retention settings) {
        try (var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.start();
        }
        new Housekeeping(
                        settings,
                        runs,
                        catalogue::find,
                        temp.resolve("incoming"),
                        log::add,
                        HousekeepingTest::now)
                .tidy();
    }

    /** Runs of the sketch were submitted a long time before. */
    private static Instant now() {
        Instant real = Instant.now();
        Instant later = RunsSketch.BEGIN.plus(Duration.ofDays(100));
        return real.isAfter(later) ? real : later;
    }
}
