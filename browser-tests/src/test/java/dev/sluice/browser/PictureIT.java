package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Makes the picture of the README anew: {@code -Dsluice.picture=FILE}. */
@ExtendWith(InTheBrowser.class)
@EnabledIfSystemProperty(
        named = "sluice.picture",
        matches = ".+",
        disabledReason = "makes docs/images/run-page.png, and only when asked for")
final class PictureIT {

    @Test
    void aRunInTheMiddleOfItsWork(Stage stage, Tab tab) {
        String run =
                stage.server()
                        .submit(
                                stage.workflows().sequencing("tumour-panel-12"),
                                "-c",
                                "6",
                                "--keep-going",
                                "--retries",
                                "0");
        tab.page().setViewportSize(1280, 800);
        tab.open("/runs/" + run + "?view=graph");
        assertThat(tab.find("#failed-title")).isVisible();
        assertThat(tab.find("#failed-log")).containsText("truncated");
        assertThat(tab.find(".head-progress .done")).containsText("36 of");
        tab.button("Smaller").click();
        tab.find("h1").click();
        tab.pictureOfTheWindow(Path.of(System.getProperty("sluice.picture", "")));
        tab.button("Cancel…").click();
        tab.button("Stop now").click();
        assertThat(tab.find(".head-state")).hasText(Pattern.compile("stopped|failed"));
    }
}
