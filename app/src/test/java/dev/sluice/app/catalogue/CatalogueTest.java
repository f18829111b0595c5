package dev.sluice.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.List;

final class CatalogueTest {
    @TempDir private Path temp;

    @Test
    void aRowComesBackAsItWasPut() {
        CatalogueRow row = row("20261124-100000-000", "ada", "failed", "péak \uD83E\uDDEC; '1'");
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row);
            assertThat(catalogue.find(row.id())).isEqualTo(row);
        }
        try (Catalogue catalogue = Catalogue.open(file())) {
            assertThat(catalogue.find(row.id())).isEqualTo(row);
            catalogue.remove(row.id());
            assertThat(catalogue.find(row.id())).isNull();
        }
        assertThat(temp).isDirectoryContaining("glob:**catalogue.mv.db");
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void wordsOfAnyLengthAreHeld() {
        CatalogueRow row = row("run-1", "ada".repeat(1000), "failed", "name".repeat(5000));
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row);
            assertThat(catalogue.find("run-1")).isEqualTo(row);
        }
    }

    @Test
    void aRowThatCannotBeHeldLosesNoOther() {
        CatalogueRow row = row("run-1", "ada", "failed", "x");
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row);
            assertThatThrownBy(() -> catalogue.put(row("run-2", "ada", "x".repeat(100), "x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(catalogue.find("run-1")).isEqualTo(row);
        }
        assertThat(temp.toFile().list()).hasSize(1);
    }

    @Test
    void pagesComeNewestFirstAndEachRowOnce() {
        try (Catalogue catalogue = Catalogue.open(file())) {
            for (int run = 0; run < 7; run++) {
                catalogue.put(row("run-" + run, "ada", "running", "x"));
            }
            Page first = catalogue.list(CatalogueQuery.all(3));
            assertThat(ids(first)).containsExactly("run-6", "run-5", "run-4");
            // One that is submitted meanwhile moves no page.
            catalogue.put(row("run-7", "ada", "running", "x"));
            Page second =
                    catalogue.list(new CatalogueQuery(List.of(), null, null, first.next(), 3));
            assertThat(ids(second)).containsExactly("run-3", "run-2", "run-1");
            Page third =
                    catalogue.list(new CatalogueQuery(List.of(), null, null, second.next(), 3));
            assertThat(ids(third)).containsExactly("run-0");
            assertThat(third.next()).isNull();
        }
    }

    @Test
    void runsAreFoundByStateOwnerAndText() {
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row("run-1", "ada", "failed", "RNA 100%"));
            catalogue.put(row("run-2", "bob", "running", "rna_2"));
            catalogue.put(row("run-3", "bob", "failed", "other"));
            assertThat(found(catalogue, List.of("failed"), null, null))
                    .containsExactly("run-3", "run-1");
            assertThat(found(catalogue, List.of("failed", "running"), "bob", null))
                    .containsExactly("run-3", "run-2");
            assertThat(found(catalogue, List.of(), null, "Rna")).containsExactly("run-2", "run-1");
            // No character is a pattern.
            assertThat(found(catalogue, List.of(), null, "0%")).containsExactly("run-1");
            assertThat(found(catalogue, List.of(), null, "a_2")).containsExactly("run-2");
            assertThat(found(catalogue, List.of(), null, "--cores 4")).hasSize(3);
            assertThat(catalogue.states())
                    .containsEntry("failed", 2)
                    .containsEntry("running", 1)
                    .hasSize(2);
        }
    }

    @Test
    void aDamagedFileIsSetAsideAndAnEmptyOneBegun() throws IOException {
        Files.writeString(file(), "no database at all");
        try (Catalogue catalogue = Catalogue.open(file())) {
            assertThat(catalogue.ids()).isEmpty();
        }
        assertThat(temp.resolve("catalogue.mv.db.aside")).hasContent("no database at all");
    }

    @Test
    void aFileThatIsLockedIsSetAside() throws IOException {
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row("run-1", "ada", "failed", "x"));
        }
        try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE);
                var _ = channel.lock();
                Catalogue catalogue = Catalogue.open(file())) {
            assertThat(catalogue.ids()).isEmpty();
        }
    }

    @Test
    void aFileOfANewerProgramIsSetAside() throws Exception {
        try (Catalogue catalogue = Catalogue.open(file())) {
            catalogue.put(row("run-1", "ada", "failed", "x"));
        }
        String url = "jdbc:h2:file:" + temp.resolve("catalogue");
        try (var connection = DriverManager.getConnection(url, "sluice", "");
                var sql = connection.createStatement()) {
            sql.execute("INSERT INTO schema_version VALUES (99, CURRENT_TIMESTAMP)");
        }
        try (Catalogue catalogue = Catalogue.open(file())) {
            assertThat(catalogue.ids()).isEmpty();
        }
        assertThat(temp.resolve("catalogue.mv.db.aside")).exists();
    }

    @Test
    void aClosedCatalogueStaysClosed() {
        Catalogue catalogue = Catalogue.open(file());
        catalogue.close();
        assertThatThrownBy(catalogue::ids).isInstanceOf(CatalogueLost.class);
    }

    @Test
    void aFolderThatH2CannotNameIsTheUsersToChange() {
        assertThatThrownBy(() -> Catalogue.open(temp.resolve("a;b/catalogue.mv.db")))
                .isInstanceOf(UsageError.class);
    }

    private Path file() {
        return temp.resolve("catalogue.mv.db");
    }

    private static List<String> found(
            Catalogue catalogue,
            List<String> states,
            @Nullable String owner,
            @Nullable String text) {
        return ids(catalogue.list(new CatalogueQuery(states, owner, text, null, 10)));
    }

    private static List<String> ids(Page page) {
        return page.rows().stream().map(CatalogueRow::id).toList();
    }

    private static CatalogueRow row(String id, String owner, String state, String name) {
        return new CatalogueRow(
                id,
                owner,
                name,
                state,
                List.of("--cores", "4"),
                1 << 20,
                1000,
                2000,
                -1,
                3000,
                1,
                2,
                3,
                4,
                5,
                6,
                70);
    }
}
