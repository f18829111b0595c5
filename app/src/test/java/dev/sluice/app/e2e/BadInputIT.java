package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user did wrong is said in a few lines that point to it, on standard error, with exit
 * code 2 and without a stack trace. With {@code -Dgolden.update=true} the messages are rewritten.
 */
final class BadInputIT {
    private static final String GOOD =
            """
            rule all:
                output: "out.txt"
                shell: "touch {output}"
            """;

    @TempDir private Path temp;

    static List<String> mistakes() throws IOException {
        try (var folders = Files.list(Trees.examples().resolve("bad-input"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isSaidInTheWordsOf(String name) throws IOException {
        Path example = Trees.examples().resolve("bad-input").resolve(name);
        Path golden = example.resolve("expected.err");
        Sandbox sandbox = new Sandbox(Trees.copy(example, temp.resolve(name)));
        var words = new ArrayList<>(List.of("run", "-d", name, "-c", "2"));
        Path arguments = example.resolve("arguments");
        if (Files.exists(arguments)) {
            words.addAll(Files.readAllLines(arguments));
        }

        Ended ended = Command.of("sluice", temp, words.toArray(String[]::new)).end().hasCode(2);

        assertThat(ended.out()).isEmpty();
        String said = ended.err().replace(sandbox.folder().toString(), "FOLDER");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, said);
        }
        assertThat(said).isEqualTo(Files.readString(golden));
        assertThat(Trees.files(sandbox.folder()))
                .as("no run and no log is left")
                .filteredOn(
                        file -> file.startsWith(".sluice/runs") || file.startsWith(".snakemake"))
                .isEmpty();
    }

    @Test
    void noPython() {
        Ended ended = good().command("run", "-c", "1").with("SLUICE_PYTHON", "/nonexistent").end();
        assertThat(ended.hasCode(2).err())
                .startsWith("error")
                .contains("/nonexistent")
                .contains("--python");
    }

    @Test
    void noPythonOnThePath() {
        Ended ended = withoutPython().end();
        assertThat(ended.hasCode(2).err()).startsWith("error").contains("`python3`");
    }

    private Command withoutPython() {
        String java = System.getProperty("java.home");
        return good().command("run", "-c", "1")
                .with("SLUICE_JAVA_HOME", java)
                .with("PATH", temp.toString());
    }

    @Test
    void aFolderThatDoesNotExist() {
        assertThat(new Sandbox(temp).run("-d", "nowhere").hasCode(2).err())
                .contains("error:", "`nowhere`", "does not exist");
    }

    @Test
    void aFolderThatIsMissingIsMadeWhenThereIsASnakefile() {
        Sandbox sandbox = good();
        sandbox.run("-d", "new/folder").isDone();
        assertThat(sandbox.has("new/folder/out.txt")).isTrue();
    }

    @Test
    void aFileInThePlaceOfWhatSluiceKeeps() {
        assertThat(good().with(".sluice", "").run().hasCode(2).err())
                .contains("error: ", sandboxPath(".sluice"))
                .doesNotContain("bug");
    }

    private String sandboxPath(String name) {
        return new Sandbox(temp).folder().resolve(name).toString();
    }

    @Test
    void aFolderThatIsAFile() {
        assertThat(good().run("-d", "Snakefile", "-s", "Snakefile").hasCode(2).err())
                .contains("error:", "is a file");
    }

    @Test
    void aSnakefileThatDoesNotExist() {
        assertThat(good().run("-s", "nowhere.smk").hasCode(2).err())
                .contains("error", "nowhere.smk", "does not exist");
    }

    @Test
    void aFolderInTheSnakefilesPlace() {
        assertThat(good().run("-s", ".").hasCode(2).err()).contains("error").contains("folder");
    }

    @Test
    void aFileThatIsNotASnakefile() {
        Sandbox sandbox = new Sandbox(temp).with("Snakefile", "{\"a\": [1, 2}\n");
        assertThat(sandbox.run().hasCode(2).err()).contains("error[", "Snakefile:1:");
    }

    @Test
    void anEmptySnakefileIsNoMistake() {
        assertThat(new Sandbox(temp).withSnakefile("").run().isDone().err())
                .contains("Nothing to be done");
    }

    @Test
    void anOptionThatDoesNotExist() {
        assertThat(good().run("--dry-rum").hasCode(2).err())
                .contains("error:", "--dry-rum", "did you mean", "--dry-run");
    }

    @Test
    void anOptionWithoutItsValue() {
        assertThat(good().run("--directory").hasCode(2).err())
                .contains("error:", "--directory", "expects");
    }

    @Test
    void aNumberThatIsNone() {
        assertThat(good().run("--retries", "many").hasCode(2).err())
                .contains("error:", "retries", "many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--report", "--archive=a.tar.gz", "--executor=slurm"})
    void anOptionOfSnakemakeThatIsNotBuilt(String option) {
        Sandbox sandbox = good();
        assertThat(sandbox.run(option).hasCode(2).err()).contains("error:", "yet");
        assertThat(sandbox.has("out.txt")).isFalse();
    }

    @Test
    void aCommandThatDoesNotExist() {
        assertThat(good().sluice("rum").hasCode(2).err())
                .contains("error:", "`rum`", "did you mean `sluice run`?");
    }

    @Test
    void softwareEnvironmentsAreRefusedForARealRunAlone() {
        Sandbox sandbox = good();
        assertThat(sandbox.run("--sdm", "conda").hasCode(2).err())
                .contains("error:", "conda", "does not build yet");
        assertThat(sandbox.has("out.txt")).isFalse();
        sandbox.run("--sdm", "conda", "-n").isDone();
    }

    @Test
    void aMistakeInsideAnInputFunction() {
        Sandbox sandbox =
                new Sandbox(temp)
                        .withSnakefile(
                                """
                                SAMPLES = {"a": 1}
                                def path(wildcards):
                                    return "in/%s" % SAMPLES[wildcards.sample]
                                rule all:
                                    input: "b.out"
                                rule one:
                                    input: path
                                    output: "{sample}.out"
                                    shell: "cp {input} {output}"
                                """);
        assertThat(sandbox.run().hasCode(2).err())
                .contains("KeyError: 'b'", "Snakefile:3:", "sample=b", "rule all");
    }

    private Sandbox good() {
        return new Sandbox(temp).withSnakefile(GOOD);
    }
}
