package dev.sluice.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.console.ExitCode;
import dev.sluice.app.console.Terminal;
import dev.sluice.app.console.UsageError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class HostedEngineTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-d /elsewhere",
                "--detach",
                "--nolock",
                "-n",
                "--unlock",
                "--delete-all-output",
                "--python /bin/evil",
                "-s ../Snakefile",
                "--configfile /etc/passwd"
            })
    void whatIsTheServersIsRefused(String words) {
        assertThatThrownBy(() -> HostedEngine.check(List.of(words.split(" ", -1)), folder))
                .isInstanceOf(UsageError.class);
    }

    @Test
    void targetsAndFlagsOfARunAreTaken() {
        HostedEngine.check(
                List.of("all", "-k", "-c", "4", "--config", "a=1", "-s", "flow.smk"), folder);
    }

    /** A profile in the bundle is read as if its options had been typed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"detach: true", "directory: /elsewhere", "unlock: true", "nolock: true"})
    void aProfileOfTheWorkflowMaySayNoMore(String line) throws IOException {
        Files.writeString(
                folder.resolve("Snakefile"),
                "rule all:\n    output: \"a\"\n    shell: \"echo > {output}\"\n");
        Path profile = Files.createDirectories(folder.resolve("profiles/default"));
        Files.writeString(profile.resolve("config.yaml"), line + "\n");
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);

        int code =
                new HostedEngine(new Terminal(stream, stream, false, false), folder, Map.of())
                        .dryRun(List.of());

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("cannot be asked of a server");
    }

    @Test
    void noMoreCoresThanTheServerHas() {
        assertThat(HostedEngine.withCores(List.of("all", "-c", "64", "-k"), 4))
                .containsExactly("all", "--keep-going", "--cores", "4");
        assertThat(HostedEngine.withCores(List.of(), 4)).containsExactly("--cores", "4");
        assertThat(HostedEngine.withCores(List.of("-j", "2"), 4)).containsExactly("--cores", "2");
    }
}
