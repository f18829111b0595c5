package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.regex.Pattern;

/** Links that hold what one sees, the back button, and the keyboard alone. */
@ExtendWith(InTheBrowser.class)
final class GettingAroundIT {

    @Test
    void aLinkHoldsFilterViewAndChosenJob(Stage stage, Tab tab) {
        Gallery gallery = stage.gallery();
        tab.open(
                "/runs/"
                        + gallery.failed()
                        + "?view=jobs&state=failed,waiting&job="
                        + gallery.failedJob());
        assertThat(tab.find("#tab-jobs")).hasAttribute("aria-selected", "true");
        assertThat(tab.find(".matched")).hasText("3 of 8 jobs");
        assertThat(tab.find(".chip[aria-pressed=true]")).hasCount(2);
        assertThat(tab.find("aside.chosen")).containsText("sample=cleo");
    }

    @Test
    void theBackButtonLeadsBackToWhatOneSaw(Stage stage, Tab tab) {
        Gallery gallery = stage.gallery();
        tab.open("/");
        tab.find("[data-run='" + gallery.failed() + "'] .runs-name a").click();
        assertThat(tab.find("h1")).hasText("plate-7");
        tab.find("#tab-jobs").click();
        tab.link("Open the job").first().click();
        assertThat(tab.find("h1")).containsText("sample=cleo");
        tab.page().goBack();
        assertThat(tab.find("h1")).hasText("plate-7");
        assertThat(tab.find("#tab-jobs")).hasAttribute("aria-selected", "true");
        while (!tab.page().url().endsWith("/")) {
            tab.page().goBack();
        }
        assertThat(tab.find("h1")).hasText("Runs");
        tab.page().goForward();
        assertThat(tab.find("h1")).hasText("plate-7");
    }

    /** From the list to the error in the log of the failed job, without a mouse. */
    @Test
    void theKeyboardAloneWillDo(Stage stage, Tab tab) {
        String run = stage.gallery().failed();
        tab.open("/");
        assertThat(tab.find("[data-run='" + run + "']")).isVisible();
        tab.press("Tab");
        assertThat(tab.find(".skip")).isFocused();
        tab.press("?");
        assertThat(tab.find("dialog#keys")).containsText("next run");
        tab.press("Escape");
        assertThat(tab.find("dialog")).hasCount(0);

        tab.press("/");
        assertThat(tab.find("#runs-q")).isFocused();
        tab.page().keyboard().type("plate-7");
        assertThat(tab.find(".runs-row")).hasCount(1);
        tab.press("Tab");
        tab.find("body").evaluate("() => document.activeElement.blur()");
        tab.press("j", "Enter");
        assertThat(tab.find("h1")).hasText("plate-7");

        tab.press("2");
        assertThat(tab.find("[role=grid]")).isFocused();
        tab.press("/");
        tab.page().keyboard().type("cleo");
        tab.press("Enter");
        assertThat(tab.find(".matched")).containsText("1 of 8 jobs");
        tab.press("Tab", "j");
        assertThat(tab.find("aside.chosen")).containsText("sample=cleo");
        tab.press("Escape");
        assertThat(tab.find("aside.chosen")).isHidden();
        tab.press("j", "o");
        assertThat(tab.find("h1")).containsText("sample=cleo");
        Locator log = tab.find(".log-lines");
        assertThat(log).containsText("cleaning up 300");
        tab.press("e");
        assertThat(tab.find(".log-current")).containsText("is not a number");
        tab.press("u");
        assertThat(tab.find("h1")).hasText("plate-7");
        tab.press("g", "s");
        assertThat(tab.find("h1")).hasText("Submit a workflow");
    }

    @Test
    void theFocusIsAlwaysSeen(Stage stage, Tab tab) {
        tab.open("/runs/" + stage.gallery().failed());
        assertThat(tab.find(".head-state")).hasText("failed");
        for (int i = 0; i < 25; i++) {
            tab.press("Tab");
            assertThat(tab.find(":focus")).hasCount(1);
            assertThat(tab.find(":focus"))
                    .hasCSS("outline-style", Pattern.compile("solid|auto"), PATIENTLY);
        }
    }

    private static final LocatorAssertions.HasCSSOptions PATIENTLY =
            new LocatorAssertions.HasCSSOptions().setTimeout(2000);
}
