package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server with a token file. */
@ExtendWith(InTheBrowser.class)
final class LogInIT {
    @TempDir private Path temp;

    @Test
    void thePageAsksForATokenOnceAndGoesWhereOneWantedTo(Stage stage) throws IOException {
        Files.writeString(temp.resolve("tokens"), "ada a-long-token-of-ada-0123456789\n");
        Files.setPosixFilePermissions(
                temp.resolve("tokens"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        try (Served server = Served.start(temp, "--token-file", "tokens");
                Tab tab = Tab.in(stage.chromium().browser(), server.url())) {
            tab.open("/?state=failed");
            assertThat(tab.find("h1")).hasText("Log in");
            tab.find("#token").fill("a-wrong-one");
            tab.press("Enter");
            assertThat(tab.find("[role=alert]")).containsText("not known");
            tab.picture("login-refused");
            tab.find("#token").fill("a-long-token-of-ada-0123456789");
            tab.button("Log in").click();
            assertThat(tab.find("h1")).hasText("Runs");
            assertThat(tab.page()).hasURL(server.url() + "/?state=failed");
            tab.open("/");
            assertThat(tab.find(".welcome")).containsText("sluice submit");
            tab.picture("welcome-wide-light");
            tab.expectErrors("401");
            tab.hasNothingToComplainOf();
        }
    }
}
