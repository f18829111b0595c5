package dev.sluice.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.catalogue.CatalogueKeeper;
import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.catalogue.RunsSketch;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.submit.Quota;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

final class DropFolderTest {
    @TempDir private Path temp;

    private RunsSketch runs;
    private Path folder;
    private DropFolder drop;
    private InstantSource clock = () -> Instant.now().plusSeconds(60);
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        runs = new RunsSketch(temp.resolve("data"));
        folder = temp.resolve("a drop? 100%25+folder");
        drop = dropFolder();
    }

    @AfterEach
    void close() {
        drop.close();
    }

    @Test
    void camelTakesFilesAndFoldersThatLieStill() throws Exception {
        // Young files do not lie still by the real clock, however quick the test is.
        clock = InstantSource.system();
        drop.close();
        drop = dropFolder(1);
        Files.writeString(folder.resolve("Snakefile"), "rule all:\n");
        zip(folder.resolve("rna seq.zip"), "Snakefile", "rule all:\n");
        Files.createDirectories(folder.resolve("flow/workflow"));
        Files.writeString(folder.resolve("flow/workflow/Snakefile"), "rule all:\n");
        Files.writeString(folder.resolve("later.zip.part"), "half of");
        try (var _ = new StartedCamel(new DropFolderRoutes(drop, 50))) {
            await().until(() -> runs.list().size() == 3);
            await().until(() -> results().size() == 3);
            // The same name again is another bundle.
            zip(folder.resolve("rna seq.zip"), "Snakefile", "rule none:\n");
            await().until(() -> runs.list().size() == 4);
            await().until(() -> names(folder.resolve(".taking")).isEmpty());
        }
        assertThat(runs.list())
                .extracting(run -> run.submission().name())
                .containsExactlyInAnyOrder("Snakefile", "rna seq", "flow", "rna seq");
        assertThat(runs.list()).allMatch(run -> run.submission().owner().equals("lab"));
        assertThat(runs.list())
                .allMatch(run -> run.submission().words().equals(List.of("--cores", "2")));
        assertThat(names(folder.resolve(".taken"))).hasSize(4);
        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        "Snakefile.sluice.json",
                        "flow.sluice.json",
                        "later.zip.part",
                        "rna seq.zip.sluice.json");
        assertThat(log).isEmpty();
    }

    @Test
    void theResultIsWrittenAtOnceAndAgainAtTheEnd() throws IOException {
        HostedRun run = taken("flow.zip");
        Path result = folder.resolve("flow.zip.sluice.json");
        assertThat(Files.readString(result))
                .contains("\"run\":\"" + run.id() + "\"")
                .contains("\"url\":\"http://here/runs/" + run.id() + "\"")
                .contains("\"state\":\"planning\"");
        drop.ended(run, row(run, "failed"));
        assertThat(Files.readString(result))
                .contains("\"state\":\"failed\",\"done\":1,\"total\":3,\"failures\":2")
                .contains("\"ended\":\"2026-11-24T10:00:09Z\"");
    }

    @Test
    void endsComeFromTheCatalogueAndNobodyWaitsForAnother() throws Exception {
        drop.close();
        Path file = temp.resolve("data/catalogue.mv.db");
        try (Catalogue catalogue = Catalogue.open(file);
                var keeper = new CatalogueKeeper(catalogue, runs, log::add)) {
            var told = new CopyOnWriteArrayList<String>();
            drop = dropFolder(0, keeper.telling(), catalogue::find);
            EndListener count = (_, row) -> told.add(row.id());
            keeper.addListener(new Ends(runs, List.of(drop, count)));
            keeper.start();
            // Over before its bundle is where it belongs.
            runs.endsAtOnce = true;
            for (int i = 0; i < 20; i++) {
                zip(folder.resolve(i + ".zip"), "Snakefile", "");
                drop.take(folder.resolve(i + ".zip"));
            }
            await().until(() -> told.size() == 20);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(folder.resolve(i + ".zip.sluice.json")).content().contains("broken-off");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void anEarlierRunsEndLeavesTheResultOfALaterOneAlone() throws IOException {
        HostedRun first = taken("flow.zip");
        HostedRun second = taken("flow.zip");
        drop.ended(first, row(first, "succeeded"));
        assertThat(folder.resolve("flow.zip.sluice.json"))
                .content()
                .contains(second.id())
                .contains("planning");
        Files.delete(folder.resolve("flow.zip.sluice.json"));
        drop.ended(second, row(second, "succeeded"));
        assertThat(folder.resolve("flow.zip.sluice.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "broken.zip", "empty.zip"})
    void whatCannotBeTakenIsRefusedWithTheReason(String name) throws IOException {
        if (name.equals("empty.zip")) {
            zip(folder.resolve(name), "README", "no Snakefile here");
        } else {
            Files.writeString(folder.resolve(name), "PK\u0003\u0004 is how one begins");
        }
        drop.take(folder.resolve(name));
        assertThat(runs.list()).isEmpty();
        assertThat(folder.resolve(name + ".sluice.json"))
                .content()
                .contains("\"state\":\"refused\"", "\"title\":", "\"detail\":", ".refused/");
        assertThat(names(folder.resolve(".refused"))).singleElement().asString().endsWith(name);
        assertThat(names(folder.resolve(".taking"))).isEmpty();
        assertThat(names(temp.resolve("data/incoming"))).isEmpty();
    }

    @Test
    void wordsThatAreNoneRefuseTheBundle() throws IOException {
        runs.refusal = new Runs.Refused(Runs.Refused.Why.BAD_WORDS, "no option --corse");
        zip(folder.resolve("flow.zip"), "Snakefile", "");
        drop.take(folder.resolve("flow.zip"));
        assertThat(folder.resolve("flow.zip.sluice.json")).content().contains("--corse");
        assertThat(names(folder.resolve(".refused"))).hasSize(1);
    }

    @Test
    void whatThereIsNoRoomForWaits() throws IOException {
        runs.refusal = new Runs.Refused(Runs.Refused.Why.NOT_NOW, "too many runs");
        zip(folder.resolve("flow.zip"), "Snakefile", "");
        drop.take(folder.resolve("flow.zip"));
        drop.look();
        assertThat(runs.list()).isEmpty();
        runs.refusal = null;
        drop.look();
        assertThat(runs.list()).hasSize(1);
        assertThat(names(folder.resolve(".taken"))).hasSize(1);
    }

    @Test
    void aCrashBeforeTheRunIsMadeLosesNothing() throws IOException {
        // Taken, and no further: what a rename leaves when the server dies right behind it.
        Path claim = Files.createDirectories(folder.resolve(".taking/20261124-x"));
        zip(claim.resolve("flow.zip"), "Snakefile", "");
        // One whose run was about to be made.
        Path later = Files.createDirectories(folder.resolve(".taking/20261124-y"));
        zip(later.resolve("more.zip"), "Snakefile", "");
        Files.writeString(later.resolve(".begun"), "");
        drop.look();
        assertThat(runs.list()).hasSize(2);
        drop.look();
        assertThat(runs.list()).hasSize(2);
        assertThat(names(folder.resolve(".taken"))).hasSize(2);
    }

    @Test
    void aCrashRightAfterTheRunIsMadeMakesNoSecondOne() throws IOException {
        zip(folder.resolve("flow.zip"), "Snakefile", "");
        runs.crash = new Error("killed");
        assertThatThrownBy(() -> drop.take(folder.resolve("flow.zip"))).hasMessage("killed");
        assertThat(folder.resolve("flow.zip.sluice.json")).doesNotExist();
        assertThat(names(folder.resolve(".taking"))).hasSize(1);

        runs.crash = null;
        drop.close();
        drop = dropFolder();
        drop.look();
        assertThat(runs.list()).hasSize(1);
        String id = runs.list().getFirst().id();
        assertThat(names(folder.resolve(".taken"))).containsExactly(id + "-flow.zip");
        assertThat(folder.resolve("flow.zip.sluice.json")).content().contains(id);
    }

    @Test
    void aCrashBehindTheMoveLeavesOnlyAnEmptyClaim() throws IOException {
        HostedRun run = taken("flow.zip");
        Path claim = Files.createDirectories(folder.resolve(".taking/20261124-x"));
        Files.writeString(claim.resolve(".begun"), "");
        drop.look();
        assertThat(runs.list()).containsExactly(run);
        assertThat(names(folder.resolve(".taking"))).isEmpty();
    }

    @Test
    void whatIsStillWrittenIsNotTaken() throws IOException {
        clock = InstantSource.system();
        drop.close();
        drop = dropFolder(3600);
        Path flow = Files.createDirectories(folder.resolve("flow/workflow"));
        Files.writeString(flow.resolve("Snakefile"), "");
        // An old time, as copying programs set it before they are done.
        flow.resolve("Snakefile").toFile().setLastModified(1000);
        assertThat(drop.isSettled(folder.resolve("flow"))).isFalse();
        drop.look();
        assertThat(runs.list()).isEmpty();
        clock = () -> Instant.now().plusSeconds(7200);
        assertThat(drop.isSettled(folder.resolve("flow"))).isTrue();
    }

    @Test
    void aSecondServerDoesNotTakeFromTheSameFolder() {
        assertThatThrownBy(this::dropFolder)
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("another server");
    }

    private HostedRun taken(String name) throws IOException {
        zip(folder.resolve(name), "Snakefile", "");
        drop.take(folder.resolve(name));
        return runs.list().getFirst();
    }

    private DropFolder dropFolder() {
        return dropFolder(5);
    }

    private DropFolder dropFolder(int settleSeconds) {
        return dropFolder(settleSeconds, runs, _ -> null);
    }

    private DropFolder dropFolder(
            int settleSeconds, Runs runs, Function<String, @Nullable CatalogueRow> rows) {
        return new DropFolder(
                new ServerSettings.DropFolder(
                        folder, "lab", List.of("--cores", "2"), settleSeconds),
                runs,
                new Quota(1 << 20, 1 << 20, 100),
                id -> "http://here/runs/" + id,
                rows,
                log::add,
                () -> clock.instant());
    }

    private static CatalogueRow row(HostedRun run, String state) {
        long ended = RunsSketch.BEGIN.plusSeconds(9).toEpochMilli();
        return new CatalogueRow(
                run.id(), "lab", "flow", state, List.of(), 1, 1, 1, ended, ended, 1, 3, 2, 0, 0, 0,
                5);
    }

    private List<String> results() throws IOException {
        return names(folder).stream().filter(name -> name.endsWith(".sluice.json")).toList();
    }

    /** Those that are not hidden. */
    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** As a program does that does it right: beside it first, then renamed. */
    private static void zip(Path archive, String name, String text) throws IOException {
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(part, archive);
    }
}
