package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server goes away under an open page, as in a crash, and comes back. */
@ExtendWith(InTheBrowser.class)
final class ServerKilledIT {

    @Test
    void anOpenPageGoesOnByItselfAndEndsRight(Stage stage, Tab tab) {
        Workflows workflows = stage.workflows();
        Served server = stage.server();
        String name = "server-killed";
        String run = server.submit(workflows.counting(name, false), "-c", "8");
        tab.open("/runs/" + run + "?view=jobs");
        Locator done = tab.find(".head-progress .done");
        workflows.open(name, "ada");
        assertThat(done).containsText("1 of 8 jobs");
        tab.page().evaluate("() => { window.stillTheSamePage = true; }");

        server.kill();
        assertThat(tab.find("#link")).containsText("Connection lost");
        tab.picture("connection-lost");
        workflows.open(name, "ben");
        server.startAgain();
        assertThat(done).containsText("2 of 8 jobs");
        assertThat(tab.find("#link")).isHidden();
        workflows.openAll(name);
        assertThat(tab.find(".head-state")).hasText("succeeded");
        assertThat(done).containsText("8 of 8 jobs");
        assertThat(tab.find("[role=grid] .space .line").filter(finished())).hasCount(8);
        Assertions.assertThat(tab.page().evaluate("() => window.stillTheSamePage"))
                .as("nothing was loaded anew")
                .isEqualTo(true);
        tab.expectErrors("503");
        tab.expectErrors("ERR_CONNECTION_REFUSED");
        tab.expectErrors("ERR_INCOMPLETE_CHUNKED_ENCODING");
        tab.expectErrors("ERR_CONNECTION_RESET");
    }

    private static Locator.FilterOptions finished() {
        return new Locator.FilterOptions().setHasText("finished");
    }
}
