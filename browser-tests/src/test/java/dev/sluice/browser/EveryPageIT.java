package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;

/** What holds for each page there is, in light and dark, wide and narrow. */
@ExtendWith(InTheBrowser.class)
final class EveryPageIT {
    private static final String WIDER =
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    @Test
    void nobodyIsShutOutAndNothingIsCutOff(Stage stage, Tab tab) {
        var axe = new Axe(tab.page());
        var softly = new SoftAssertions();
        stage.gallery()
                .pages()
                .forEach(
                        (name, path) -> {
                            settled(tab.open(path));
                            for (boolean dark : new boolean[] {false, true}) {
                                tab.dark(dark);
                                tab.wide(true);
                                softly.assertThat(dark ? axe.contrast() : axe.all())
                                        .as("%s, dark: %s", name, dark)
                                        .isEmpty();
                                tab.picture(name + "-wide-" + (dark ? "dark" : "light"));
                                tab.wide(false);
                                softly.assertThat(tab.page().evaluate(WIDER))
                                        .as("%s is as wide as the screen", name)
                                        .isEqualTo(0);
                                tab.picture(name + "-narrow-" + (dark ? "dark" : "light"));
                            }
                        });
        tab.expectErrors("404");
        softly.assertAll();
    }

    @Test
    void dialogsShutNobodyOutEither(Stage stage, Tab tab) {
        var axe = new Axe(tab.page());
        var softly = new SoftAssertions();
        settled(tab.open("/runs/" + stage.gallery().running()));
        for (String opener : List.of("Keys and help", "Cancel…")) {
            tab.button(opener).click();
            assertThat(tab.find("dialog")).isVisible();
            softly.assertThat(axe.all()).as(opener).isEmpty();
            tab.picture(opener.startsWith("K") ? "dialog-keys" : "dialog-cancel");
            tab.press("Escape");
            assertThat(tab.find("dialog")).hasCount(0);
        }
        softly.assertAll();
    }

    @Test
    void theCheckItselfSeesWhatIsWrong(Tab tab) {
        settled(tab.open("/submit"));
        tab.page()
                .evaluate(
                        """
                        () => {
                            const low = document.createElement('p');
                            low.textContent = 'hardly to be seen';
                            low.style.color = '#ddd';
                            document.querySelector('main').append(low, document.createElement('img'));
                        }
                        """);
        Assertions.assertThat(new Axe(tab.page()).all())
                .anyMatch(found -> found.startsWith("color-contrast"))
                .anyMatch(found -> found.startsWith("image-alt"));
    }

    @Test
    void theButtonChangesTheColoursAndTheyAreRemembered(Tab tab) {
        settled(tab.open("/"));
        Object light = tab.page().evaluate(GROUND);
        tab.find("#theme").click();
        Assertions.assertThat(tab.page().evaluate(GROUND)).as("light, as it was").isEqualTo(light);
        tab.find("#theme").click();
        assertThat(tab.find("#theme-name")).hasText("Colours: dark");
        Object dark = tab.page().evaluate(GROUND);
        Assertions.assertThat(dark).isNotEqualTo(light);
        settled(tab.open("/submit"));
        Assertions.assertThat(tab.page().evaluate(GROUND)).isEqualTo(dark);
    }

    private static final String GROUND = "() => getComputedStyle(document.body).backgroundColor";

    /** The heading is there, and nothing says that it is still loading. */
    private static void settled(Tab tab) {
        assertThat(tab.find("h1").first()).isVisible();
        assertThat(tab.find("[aria-busy=true]")).hasCount(0);
        tab.page().waitForLoadState();
    }
}
