package dev.sluice.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.CatalogPage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class LintCatalogTest {
    private static final Path PAGE =
            Path.of(System.getProperty("sluice.project.dir", "..")).resolve("docs/diagnostics.md");

    @Test
    void isOnThePageOfDiagnostics() throws IOException {
        String page = Files.readString(PAGE);
        String expected = CatalogPage.withSection(page, LintCode.catalog());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }
}
