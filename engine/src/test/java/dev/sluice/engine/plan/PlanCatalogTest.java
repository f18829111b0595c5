package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dsl.diagnostic.Catalog;
import dev.sluice.dsl.diagnostic.CatalogPage;
import dev.sluice.dsl.diagnostic.DiagnosticCode;
import dev.sluice.dsl.diagnostic.LanguageCode;
import dev.sluice.engine.python.LoadCode;
import dev.sluice.engine.rules.RuleCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class PlanCatalogTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnostics.md");

    /** With {@code -Dgolden.update=true} the page is brought up to date. */
    @Test
    void thePageListsEveryCodeOfPlanning() throws IOException {
        String page = Files.readString(PAGE);
        String current = CatalogPage.withSection(page, PlanCode.catalog());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, current);
            page = current;
        }
        assertThat(page).isEqualTo(current);
    }

    @Test
    void noWordOfPlanningMeansSomethingElseInAnotherStage() {
        List<String> others =
                Stream.of(LanguageCode.catalog(), LoadCode.catalog(), RuleCode.catalog())
                        .map(Catalog::codes)
                        .flatMap(List::stream)
                        .map(DiagnosticCode::word)
                        .toList();
        assertThat(PlanCode.values())
                .extracting(PlanCode::word)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(others);
    }
}
