package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run is cancelled, resumed and deleted from the pages. */
@ExtendWith(InTheBrowser.class)
final class CancelledIT {

    @Test
    void aCancelledRunIsResumedAndThenDeleted(Stage stage, Tab tab) {
        Workflows workflows = stage.workflows();
        String name = "cancelled";
        String run = stage.server().submit(workflows.counting(name, false), "-c", "2");
        tab.open("/runs/" + run);
        assertThat(tab.find(".facts")).containsText("2 running");

        tab.button("Cancel…").click();
        assertThat(tab.button("Keep it going")).isFocused();
        tab.button("Keep it going").click();
        assertThat(tab.find("dialog")).hasCount(0);
        assertThat(tab.find(".head-state")).hasText("running");

        tab.button("Cancel…").click();
        tab.button("Stop now").click();
        assertThat(tab.find(".head-state")).hasText("stopped");
        assertThat(tab.button("Cancel…")).isHidden();

        workflows.openAll(name);
        tab.button("Resume").click();
        assertThat(tab.find(".head-state")).hasText("succeeded");

        tab.link("Runs").first().click();
        Locator row = tab.find("[data-run='" + run + "']");
        assertThat(row).containsText("8 of 8");
        tab.button("Delete " + name).click();
        assertThat(tab.find("dialog")).containsText("cannot be undone");
        tab.button("Delete it").click();
        assertThat(row).hasCount(0);
        tab.open("/runs/" + run);
        assertThat(tab.find("h1")).hasText("Not found");
        tab.expectErrors("404");
    }

    @Test
    void whatRunsIsLetFinishWhereOneAsksForThat(Stage stage, Tab tab) {
        Workflows workflows = stage.workflows();
        String name = "let-finish";
        String run = stage.server().submit(workflows.counting(name, false), "-c", "2");
        tab.open("/runs/" + run);
        assertThat(tab.find(".facts")).containsText("2 running");
        tab.button("Cancel…").click();
        tab.button("Start nothing more").click();
        assertThat(tab.find(".run-facts")).containsText("what runs is let finish");
        workflows.openAll(name);
        assertThat(tab.find(".head-state")).hasText("stopped");
        assertThat(tab.find(".head-progress .done")).containsText("2 of 8 jobs");
    }
}
