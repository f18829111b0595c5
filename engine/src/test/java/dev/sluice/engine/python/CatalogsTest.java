package dev.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.CatalogPage;
import dev.sluice.engine.rules.RuleCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CatalogsTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnostics.md");

    /** With {@code -Dgolden.update=true} the page is brought up to date. */
    @Test
    void thePageListsEveryCodeOfLoadingAndOfTheRules() throws IOException {
        String page = Files.readString(PAGE);
        String current = CatalogPage.withSection(page, LoadCode.catalog());
        current = CatalogPage.withSection(current, RuleCode.catalog());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, current);
            page = current;
        }
        assertThat(page).isEqualTo(current);
    }
}
