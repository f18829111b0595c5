package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The report of a run, opened as a file. */
@ExtendWith(InTheBrowser.class)
final class ReportIT {
    @TempDir private Path temp;

    @Test
    void itShowsTheRunAndAsksNothingOfAnybody(Stage stage) {
        String run = stage.gallery().failed();
        Path file = temp.resolve("report.html");
        Program.run(stage.server().work(run), "report", run, "-o", file.toString());
        try (Tab tab = Tab.in(stage.chromium().browser(), file.toUri().toString())) {
            tab.open("");
            assertThat(tab.find("h1")).containsText(run);
            assertThat(tab.find("#failed-title")).containsText("1 job failed");
            assertThat(tab.find("#failed-log")).containsText("is not a number");
            for (String view : new String[] {"graph", "jobs", "gantt", "overview"}) {
                tab.find("#tab-" + view).click();
                assertThat(tab.find("#panel-" + view)).isVisible();
            }
            tab.find("#tab-jobs").click();
            assertThat(tab.find("[role=grid]")).containsText("sample=ada");
            tab.picture("report-wide-light");
            Assertions.assertThat(new Axe(tab.page()).all()).isEmpty();
            tab.dark(true);
            Assertions.assertThat(new Axe(tab.page()).contrast()).isEmpty();
            tab.wide(false);
            tab.picture("report-narrow-dark");
            tab.hasNothingToComplainOf();
        }
    }
}
