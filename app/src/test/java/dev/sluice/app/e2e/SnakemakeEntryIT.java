package dev.sluice.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What calls {@code snakemake} gets Sluice, and a Sluice may be anywhere. */
final class SnakemakeEntryIT {
    private static final String TWO =
            """
            rule good:
                output: "good.txt"
                shell: "touch {output}"
            rule bad:
                output: "bad.txt"
                shell: "false"
            """;

    @TempDir private Path temp;

    @Test
    void answersZeroOrOne() {
        new Sandbox(temp).withSnakefile(TWO);
        snakemake("-c", "1").hasCode(0);
        snakemake("-c", "1", "bad").hasCode(1);
        snakemake("-c", "1", "nothing").hasCode(1);
        snakemake("--no-such-option").hasCode(1);
        snakemake("-n").hasCode(0);
    }

    @Test
    void saysTheVersionOfTheLanguage() {
        assertThat(snakemake("--version").isDone().out()).isEqualTo("9.25.2\n");
        assertThat(new Sandbox(temp).sluice("--version").isDone().out()).contains("9.25.2");
    }

    @Test
    void rulesMayCallSnakemakeInTheSameFolder() {
        Sandbox sandbox =
                new Sandbox(temp)
                        .with("inner.smk", TWO)
                        .withSnakefile(
                                """
                                rule all:
                                    input: "by-module.txt", "by-command.txt"
                                rule by_module:
                                    output: "by-module.txt"
                                    shell: "python3 -m snakemake -s inner.smk -c 1 && mv good.txt {output}"
                                rule by_command:
                                    input: "by-module.txt"
                                    output: "by-command.txt"
                                    shell: "snakemake -s inner.smk -c 1 && mv good.txt {output}"
                                """);
        sandbox.run().isDone();
        assertThat(sandbox.has("by-command.txt")).isTrue();
    }

    @Test
    void runsFromAReadOnlyFolder() throws IOException {
        Path place = temp.resolve("read only");
        Path dist = place.resolve("sluice");
        for (Path file : Trees.files(Command.dist())) {
            Path copy = dist.resolve(file.toString());
            Files.createDirectories(copy.getParent());
            Files.copy(Command.dist().resolve(file), copy);
        }
        Sandbox sandbox =
                new Sandbox(Files.createDirectory(temp.resolve("work")))
                        .withSnakefile(
                                """
                                from snakemake.utils import min_version
                                min_version("8.0")
                                rule all:
                                    output: "a.txt"
                                    run:
                                        open(output[0], "w").write("made")
                                """);
        mode(place, "a-w");
        try {
            List<Path> before = sources(dist);
            Command.in(dist, "sluice", sandbox.folder(), "run", "-c", "1").end().isDone();
            assertThat(sandbox.read("a.txt")).isEqualTo("made");
            // Root may write into it all the same (Python its caches): look that nothing else did.
            assertThat(sources(dist)).isEqualTo(before);
        } finally {
            mode(place, "u+w");
        }
    }

    private static List<Path> sources(Path dist) throws IOException {
        return Trees.files(dist).stream()
                .filter(file -> !file.toString().contains("__pycache__"))
                .toList();
    }

    private static void mode(Path folder, String mode) throws IOException {
        try {
            new ProcessBuilder("chmod", "-R", mode, folder.toString()).start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Ended snakemake(String... words) {
        return Command.of("snakemake", temp, words).end();
    }
}
