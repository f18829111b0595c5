package dev.sluice.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.runs.RunSketch;
import dev.sluice.app.runs.Said;
import dev.sluice.engine.schedule.RunOutcome;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ReportCommandTest {
    @TempDir private Path folder;

    private final Said said = new Said();

    @BeforeAll
    static void pageOfTheSources() {
        ReportTest.pageOfTheSources();
    }

    @Test
    void writesTheLatestRunAndSaysWhatItWrote() throws Exception {
        String id = finishedRun();
        Files.writeString(folder.resolve("report.html"), "an older one");

        assertThat(run("-o", "report.html", "--title", "Weekly")).isZero();

        assertThat(Files.readString(folder.resolve("report.html")))
                .startsWith("<!doctype html>")
                .contains("<title>Weekly</title>")
                .endsWith("</html>\n");
        assertThat(said.err()).contains("Wrote report.html: run " + id + ", 1 job, ");
        assertThat(files()).noneMatch(name -> name.endsWith(".new"));
    }

    @Test
    void aRunOfAnotherFolderIsNamedByItsBeginning(@TempDir Path elsewhere) {
        String id = finishedRun();
        var command = new ReportCommand(said.terminal(), elsewhere, "1.2.3");

        int code = command.run(List.of(id.substring(0, 10), "-d", folder.toString(), "-o", "r"));

        assertThat(code).isZero();
        assertThat(elsewhere.resolve("r")).exists();
    }

    @Test
    void withoutAFileItSaysHowToNameOne() {
        finishedRun();

        assertThatThrownBy(() -> run())
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("-o FILE");
    }

    @Test
    void aFileThatCannotBeMadeIsAMistakeAndLeavesNothing() throws Exception {
        finishedRun();

        assertThatThrownBy(() -> run("-o", "no/such/folder/report.html"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("there is no such folder");
        assertThat(files()).doesNotContain("no");
    }

    @Test
    void aFolderWithoutRunsIsAMistake() {
        assertThatThrownBy(() -> run("-o", "report.html"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("there are no runs");
    }

    @Test
    void helpListsEachOption() {
        assertThat(run("--help")).isZero();

        assertThat(said.out()).contains("-o, --output", "--title", "-d, --directory");
    }

    private int run(String... words) {
        return new ReportCommand(said.terminal(), folder, "1.2.3").run(List.of(words));
    }

    private String finishedRun() {
        try (RunSketch sketch = RunSketch.planned(folder, 1)) {
            RunSketch.Job job = RunSketch.Job.align("A");
            sketch.running(job, 1).finished(job, 1).ended(RunOutcome.SUCCEEDED);
            return sketch.id();
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
