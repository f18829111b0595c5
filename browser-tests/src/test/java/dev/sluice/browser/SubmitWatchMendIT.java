package dev.sluice.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.regex.Pattern;

/** The whole way of a workflow: submitted, watched, failed, mended, resumed. */
@ExtendWith(InTheBrowser.class)
final class SubmitWatchMendIT {

    @Test
    void fromThePageAlone(Stage stage, Tab tab) {
        Workflows workflows = stage.workflows();
        String name = "from-the-page";
        byte[] bundle = Workflows.zip(workflows.counting(name, true));

        tab.open("/");
        tab.link("Submit").click();
        assertThat(tab.button("Submit")).isDisabled();
        tab.find("#bundle").setInputFiles(zip(name, bundle));
        tab.find("#words").fill("-c 8 -k");
        tab.find("#name").fill(name);
        tab.button("Plan").click();
        assertThat(tab.find(".submit-result h2")).hasText("8 jobs would run");
        tab.picture("submit-plan-wide-light");
        tab.button("Submit").click();

        assertThat(tab.find("h1")).hasText(name);
        assertThat(chip(tab, "running")).containsText("6");
        Locator done = tab.find(".head-progress .done");
        assertThat(done).containsText("0 of 8 jobs");
        tab.page().evaluate("() => { window.stillTheSamePage = true; }");
        workflows.open(name, "ada", "ben");
        assertThat(done).containsText("2 of 8 jobs");
        assertThat(chip(tab, "finished")).containsText("2");
        workflows.open(name, Workflows.BROKEN);
        assertThat(tab.find("#failed-title")).containsText("1 job failed");
        workflows.open(name, "dan", "eve", "fay");
        assertThat(tab.find(".head-state")).hasText("failed");
        org.assertj.core.api.Assertions.assertThat(
                        tab.page().evaluate("() => window.stillTheSamePage"))
                .as("nothing was loaded anew")
                .isEqualTo(true);

        seeTheFailure(tab);
        openItsLog(tab);

        tab.page().goBack();
        tab.link("Mend files").click();
        tab.find("#bundle").setInputFiles(zip("mend", Workflows.zip(workflows.mendedInput(name))));
        tab.button("Replace files").click();
        assertThat(tab.find(".submit-result h2")).hasText("1 file was replaced");
        workflows.open(name, "report");
        tab.button("Resume the run").click();
        assertThat(tab.find(".head-state")).hasText("succeeded");
        assertThat(done).containsText("8 of 8 jobs");
        assertThat(tab.find("#failed-title")).hasCount(0);
        assertThat(tab.button("Resume")).isHidden();
    }

    /** What failed and why comes before everything else. */
    private static void seeTheFailure(Tab tab) {
        assertThat(tab.find(".failed-job .failed-title")).containsText("count");
        assertThat(tab.find(".failed-job .failed-title")).containsText(Workflows.BROKEN);
        assertThat(tab.find(".failed-job .why")).containsText("3");
        assertThat(tab.find("#failed-log")).containsText("cleaning up 300");
        org.assertj.core.api.Assertions.assertThat(
                        tab.find("#failed-title").boundingBox().y
                                < tab.find(".filter").boundingBox().y)
                .as("the failure stands above the views")
                .isTrue();
        assertThat(tab.find("#failed-title")).isInViewport();
    }

    private static void openItsLog(Tab tab) {
        tab.link("Open the job").click();
        assertThat(tab.find("h1")).containsText("count");
        assertThat(tab.find(".log-lines")).containsText("cleaning up 300");
        tab.press("e");
        Locator error = tab.find(".log-current");
        assertThat(error).containsText("is not a number");
        assertThat(error).isInViewport();
        tab.picture("job-log-error-wide-light");
    }

    @Test
    void fromTheCommandLineAlone(Stage stage, Tab tab) throws IOException {
        Workflows workflows = stage.workflows();
        Served server = stage.server();
        String name = "from-the-command-line";
        workflows.openAll(name);
        Path workflow = workflows.counting(name, true);
        String run = server.submit(workflow, "-c", "8", "-k");
        tab.open("/runs/" + run);
        assertThat(tab.find(".head-state")).hasText("failed");
        FileTime made = made(server, run);
        workflows.mend(name);
        Program.run(
                server.folder(),
                "submit",
                workflow.toString(),
                "--update",
                run,
                "--server",
                server.url());
        Program.run(server.folder(), "resume", run, "--server", server.url());
        assertThat(tab.find(".head-state")).hasText("succeeded");
        assertThat(tab.find(".head-progress .done")).containsText("8 of 8 jobs");
        org.assertj.core.api.Assertions.assertThat(made(server, run))
                .as("what did not depend on the mended file was left alone")
                .isEqualTo(made);
    }

    private static FileTime made(Served server, String run) throws IOException {
        return Files.getLastModifiedTime(server.work(run).resolve("counts/ada.txt"));
    }

    @Test
    void aWorkflowThatCannotBeReadShowsWhy(Stage stage, Tab tab) {
        byte[] bundle = Workflows.zip(stage.workflows().unreadable("unreadable"));
        tab.open("/submit");
        tab.find("#bundle").setInputFiles(zip("unreadable", bundle));
        tab.button("Plan").click();
        assertThat(tab.find(".submit-result .callout")).containsText("shel");
        tab.expectErrors("422");
        tab.button("Submit").click();
        assertThat(tab.find("#diagnosis-title")).hasText("The workflow could not be planned");
        assertThat(tab.find(".diagnosis")).containsText("error[unknown-directive]");
        assertThat(tab.find(".diagnosis")).containsText("Snakefile");
        tab.picture("diagnosis-wide-light");
    }

    private static Locator chip(Tab tab, String state) {
        return tab.find(".filter .chip")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile(state)));
    }

    private static FilePayload zip(String name, byte[] bytes) {
        return new FilePayload(name + ".zip", "application/zip", bytes);
    }
}
