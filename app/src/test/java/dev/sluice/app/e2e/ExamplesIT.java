package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

        sandbox.run().isDone();
        List<Path> expected = Trees.files(example.resolve("expected"));
        assertThat(expected).isNotEmpty();
        for (Path file : expected) {
            assertThat(sandbox.folder().resolve(file))
                    .hasSameBinaryContentAs(example.resolve("expected").resolve(file));
        }

        assertThat(sandbox.run("-n").isDone().out()).contains("Nothing to be done");
        assertThat(sandbox.run().isDone().err()).contains("Nothing to be done");
    }
}
