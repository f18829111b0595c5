package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workflows of {@code examples/workflows} do what their README says. */
final class ExamplesIT {

    @TempDir private Path temp;

    static List<String> examples() throws IOException {
        try (var folders = Files.list(Trees.examples())) {
            return folders.filter(folder -> Files.exists(folder.resolve("Snakefile")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void makesTheExpectedFilesAndThenHasNothingToDo(String name) throws IOException {
        Path example = Trees.examples().resolve(name);
        Sandbox sandbox = new Sandbox(Trees.copy(example, temp.resolve(name)));

        Ended plan = sandbox.run("-n").isDone();
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out()).contains("Job stats:");
        assertThat(sandbox.has("results")).as("a dry-run makes no files").isFalse();

        String jobs = jobsOf(Files.readString(example.resolve("README.md")));
        assertThat(sandbox.run().isDone().err())
                .contains("%s of %s steps (100%%) done".formatted(jobs, jobs));
        List<Path> expected = Trees.files(example.resolve("expected"));
        assertThat(expected).isNotEmpty();
        for (Path file : expected) {
            assertThat(sandbox.folder().resolve(file))
                    .hasSameBinaryContentAs(example.resolve("expected").resolve(file));
        }

        assertThat(sandbox.run("-n").isDone().out()).contains("Nothing to be done");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }

    /** {@code 13 jobs: …} stands in each README. */
    private static String jobsOf(String readme) {
        Matcher matcher = Pattern.compile("^(\\d+) jobs: ", Pattern.MULTILINE).matcher(readme);
        assertThat(matcher.find()).as("the README says how many jobs there are").isTrue();
        return matcher.group(1);
    }
}
