package dev.sluice.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class CatalogPageTest {
    private static final Path PAGE = Path.of("..", "docs", "diagnostics.md");

    /** With {@code -Dgolden.update=true} the page is brought up to date. */
    @Test
    void thePageListsEveryCodeOfTheLanguage() throws IOException {
        String page = Files.readString(PAGE);
        String current = CatalogPage.withSection(page, LanguageCode.catalog());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, current);
            page = current;
        }
        assertThat(page).isEqualTo(current);
    }

    @Test
    void replacesItsOwnSectionAndLeavesTheOthers() {
        var first = Catalog.of("First", LanguageCode.TOO_DEEP);
        var second = Catalog.of("Second", LanguageCode.EMPTY_RULE);
        String page = CatalogPage.withSection(CatalogPage.withSection("# Page\n", first), second);
        String changed = CatalogPage.withSection(page, Catalog.of("First", LanguageCode.NULL_BYTE));
        assertThat(changed).contains("`null-byte`").doesNotContain("`too-deep`");
        assertThat(changed).contains("`empty-rule`").startsWith("# Page\n");
        assertThat(CatalogPage.withSection(page, first)).isEqualTo(page);
    }

    @Test
    void refusesAWordThatIsListedTwice() {
        assertThatThrownBy(() -> Catalog.of("Twice", LanguageCode.TOO_DEEP, LanguageCode.TOO_DEEP))
                .hasMessageContaining("too-deep");
    }
}
