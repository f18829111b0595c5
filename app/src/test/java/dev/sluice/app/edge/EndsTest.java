package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.catalogue.CatalogueKeeper;
import dev.sluice.app.catalogue.JournalSketch;
import dev.sluice.app.catalogue.RunsSketch;
import dev.sluice.app.host.HostedRun;
import dev.sluice.engine.schedule.Fact;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

final class EndsTest {
    @TempDir private Path temp;

    private RunsSketch runs;
    private HostedRun run;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void aRun() {
        runs = new RunsSketch(temp);
        run = runs.add("ada", "one");
    }

    @Test
    void anEndIsToldOnceHoweverOftenTheServerStarts() throws IOException {
        try (var journal = JournalSketch.planned(run, RunsSketch.BEGIN, 1)) {
            serverStarts();
            assertThat(told).isEmpty();
            journal.ended(RunOutcome.FAILED);
            // Its engine is still there.
            serverStarts();
            assertThat(told).isEmpty();
            runs.setActive(run, false);
            serverStarts();
            serverStarts();
            assertThat(told).containsExactly("failed");
            Files.delete(temp.resolve("catalogue.mv.db"));
            serverStarts();
            assertThat(told).containsExactly("failed");
            journal.after(1000)
                    .fact(new Fact.RunResumed(List.of(), "ada", "1", 2, Fact.Origin.UNKNOWN))
                    .ended(RunOutcome.SUCCEEDED);
            serverStarts();
            assertThat(told).containsExactly("failed", "succeeded");
        }
    }

    @Test
    void aRunThatCannotBePlannedIsAnEndToo() {
        runs.setActive(run, false);
        serverStarts();
        assertThat(told).containsExactly("broken-off");
    }

    @Test
    void whatCouldNotBeWrittenDownIsToldAgain() {
        runs.setActive(run, false);
        try (Catalogue catalogue = Catalogue.open(temp.resolve("catalogue.mv.db"))) {
            var log = new ArrayList<String>();
            var keeper = new CatalogueKeeper(catalogue, runs, log::add);
            keeper.addListener(
                    new Ends(
                            runs,
                            List.of(
                                    (_, _) -> {
                                        throw new IOException("disk full");
                                    })));
            keeper.start();
            keeper.close();
            assertThat(log).singleElement().asString().contains("disk full");
        }
        serverStarts();
        assertThat(told).containsExactly("broken-off");
    }

    @Test
    void aHomeThatCannotBeWrittenIsAnError() throws IOException {
        runs.setActive(run, false);
        Files.createDirectory(run.home().resolve("told"));
        Files.writeString(run.home().resolve("told/file"), "");
        try (Catalogue catalogue = Catalogue.open(temp.resolve("catalogue.mv.db"))) {
            var ends = new Ends(runs, List.of());
            var keeper = new CatalogueKeeper(catalogue, runs, told::add);
            keeper.start();
            keeper.close();
            var row = Objects.requireNonNull(catalogue.find(run.id()));
            assertThatThrownBy(() -> ends.changed(run, row))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    private void serverStarts() {
        try (Catalogue catalogue = Catalogue.open(temp.resolve("catalogue.mv.db"));
                var keeper = new CatalogueKeeper(catalogue, runs, told::add)) {
            keeper.addListener(new Ends(runs, List.of((_, row) -> told.add(row.state()))));
            keeper.start();
        }
    }
}
