package dev.sluice.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.watch.Watches;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

final class CatalogueKeeperTest {
    private static final Instant BEGIN = RunsSketch.BEGIN;

    @TempDir private Path temp;

    private RunsSketch runs;
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void noRuns() {
        runs = new RunsSketch(temp);
    }

    @Test
    void aDeletedCatalogueIsMadeAnewFromTheJournals() throws IOException {
        HostedRun succeeded = runs.add("ada", "one", "--cores", "2");
        try (var journal = JournalSketch.planned(succeeded, BEGIN, 1)) {
            journal.started("a").after(10).running("a").after(2000).finished("a");
            journal.ended(RunOutcome.SUCCEEDED);
        }
        HostedRun going = runs.add("bob", "two");
        try (var journal = JournalSketch.planned(going, BEGIN, 5)) {
            journal.started("a").running("a").started("b").started("c").after(7).finished("a");
            journal.running("b");
        }
        HostedRun failed = runs.add("ada", "three");
        try (var journal = JournalSketch.planned(failed, BEGIN, 2)) {
            journal.started("a").running("a").failed("a").ended(RunOutcome.FAILED);
        }
        runs.add("cyd", "not begun");
        runs.setActive(succeeded, false);
        runs.setActive(failed, false);

        List<CatalogueRow> before = kept();
        assertThat(before)
                .extracting(CatalogueRow::name)
                .containsExactly("not begun", "three", "two", "one");
        assertThat(before)
                .extracting(CatalogueRow::state)
                .contains("failed", "succeeded", "planning");
        CatalogueRow two = before.get(2);
        assertThat(two.running()).isEqualTo(1);
        assertThat(two.queued()).isEqualTo(1);
        assertThat(two.done()).isEqualTo(1);
        assertThat(two.total()).isEqualTo(5);
        CatalogueRow one = before.getLast();
        assertThat(one.ended() - one.started()).isEqualTo(2010);
        assertThat(one.words()).containsExactly("--cores", "2");

        Files.delete(temp.resolve("catalogue.mv.db"));
        assertThat(kept()).isEqualTo(before);
        assertThat(log).isEmpty();
    }

    @Test
    void aRunThatNobodyWillPlanIsBrokenOff() {
        HostedRun run = runs.add("ada", "bad snakefile");
        runs.setActive(run, false);
        assertThat(kept()).extracting(CatalogueRow::state).containsExactly("broken-off");
    }

    @Test
    void aDamagedJournalIsARowToo() throws IOException {
        HostedRun run = runs.add("ada", "damaged");
        Files.createDirectories(run.folder().path());
        Files.writeString(run.folder().journal(), "this is not what a journal begins with");
        runs.setActive(run, false);
        assertThat(kept()).extracting(CatalogueRow::state).containsExactly("unreadable");
    }

    @Test
    void whatHappenedWhileNoServerRanIsSeenAtTheStart() {
        HostedRun run = runs.add("ada", "one");
        runs.setActive(run, false);
        try (var journal = JournalSketch.planned(run, BEGIN, 1)) {
            journal.ended(RunOutcome.STOPPED);
            assertThat(kept()).extracting(CatalogueRow::state).containsExactly("stopped");
            journal.after(1000).fact(new Fact.Warned("somebody cleaned up"));
        }
        assertThat(kept())
                .extracting(CatalogueRow::lastFact)
                .containsExactly(BEGIN.toEpochMilli() + 1000);
        HostedRun deleted = runs.list().getFirst();
        runs.delete(deleted);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whoChangesRunsFindsTheChangeAtOnce() throws IOException {
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.start();
            Runs told = keeper.telling();
            Path work = told.incoming();
            Files.writeString(work.resolve("Snakefile"), "");
            HostedRun run = told.accept("ada", "new", List.of(), work, 1);
            assertThat(catalogue.ids()).containsExactly(run.id());
            told.cancel(run, true);
            assertThat(row(catalogue, run).state()).isEqualTo("broken-off");
            told.delete(run);
            assertThat(catalogue.ids()).isEmpty();
        }
    }

    @Test
    void runsThatNobodyPollsAreSeenToo() {
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.start();
            HostedRun run = runs.add("ada", "behind the keeper's back");
            await().until(() -> catalogue.ids().contains(run.id()));
            runs.setActive(run, false);
            try (var journal = JournalSketch.planned(run, BEGIN, 1)) {
                journal.ended(RunOutcome.FAILED);
            }
            await().until(() -> row(catalogue, run).state().equals("failed"));
            runs.delete(run);
            await().until(() -> catalogue.ids().isEmpty());
        }
    }

    @Test
    void aRunThatIsWatchedIsFollowedAndMadeTheSameFromItsFiles() throws IOException {
        HostedRun run = runs.add("ada", "one");
        List<CatalogueRow> watched;
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add);
                var watches = new Watches(runs)) {
            var heard = new CopyOnWriteArrayList<String>();
            keeper.addListener((_, row) -> heard.add(row.state() + " " + row.done()));
            keeper.start();
            watches.addListener(keeper);
            try (var journal = JournalSketch.planned(run, Instant.now(), 2)) {
                journal.started("a").running("a").started("b");
                await().until(() -> row(catalogue, run).queued() == 1);
                assertThat(row(catalogue, run).running()).isEqualTo(1);
                journal.finished("a").running("b").finished("b").ended(RunOutcome.SUCCEEDED);
                await().until(() -> row(catalogue, run).done() == 2);
                runs.setActive(run, false);
                await().until(() -> row(catalogue, run).shown() == lastOffset(journal));
            }
            // Somebody looks at it, and nothing is new.
            int before = heard.size();
            watches.of(run);
            keeper.refresh("no such run");
            watched = catalogue.list(CatalogueQuery.all(9)).rows();
            assertThat(watched).extracting(CatalogueRow::state).containsExactly("succeeded");
            assertThat(heard).hasSize(before);
        }
        Files.delete(file());
        assertThat(kept()).isEqualTo(watched);
        assertThat(log).isEmpty();
    }

    private static CatalogueRow row(Catalogue catalogue, HostedRun run) {
        return Objects.requireNonNull(catalogue.find(run.id()));
    }

    private static long lastOffset(JournalSketch journal) {
        return journal.entries().getLast().offset();
    }

    @Test
    void aCatalogueThatBreaksIsMadeAnewWhileItIsUsed() throws SQLException {
        HostedRun run = runs.add("ada", "one");
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.start();
            try (var connection = DriverManager.getConnection(url(), "sluice", "");
                    var sql = connection.createStatement()) {
                sql.execute("DROP TABLE runs");
            }
            keeper.refresh(run.id());
            assertThat(catalogue.ids()).containsExactly(run.id());
            assertThat(log).singleElement().asString().contains("made anew");
        }
    }

    @Test
    void listenersHearOfEachRunAndSpoilNothing() {
        runs.add("ada", "one");
        HostedRun two = runs.add("ada", "two");
        var heard = new ArrayList<String>();
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.addListener((run, row) -> heard.add(row.name()));
            keeper.addListener(
                    (run, row) -> {
                        throw new IllegalStateException("spoilt");
                    });
            keeper.start();
            assertThat(heard).containsExactly("two", "one");
            keeper.refresh(two.id());
            assertThat(heard).endsWith("two");
            assertThat(log).hasSize(3).first().asString().contains("spoilt");
            assertThat(catalogue.ids()).hasSize(2);
        }
    }

    /** What a server's catalogue holds once it has started. */
    private List<CatalogueRow> kept() {
        try (Catalogue catalogue = Catalogue.open(file());
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            keeper.start();
            return catalogue.list(CatalogueQuery.all(100)).rows();
        }
    }

    private Path file() {
        return temp.resolve("catalogue.mv.db");
    }

    private String url() {
        return "jdbc:h2:file:"
                + temp.resolve("catalogue")
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }
}
